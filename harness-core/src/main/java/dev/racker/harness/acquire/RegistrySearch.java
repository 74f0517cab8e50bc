package dev.racker.harness.acquire;

import dev.racker.harness.json.Json;
import dev.racker.harness.json.MalformedJsonException;
import dev.racker.harness.process.Cancellation;
import dev.racker.harness.process.Cancellation.Registration;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import tools.jackson.databind.JsonNode;

/** Searches registries: by docker's search (v1) where a registry has it, otherwise in its catalogue of repositories. */
public final class RegistrySearch {

    private static final String HUB = "docker.io";
    private static final String HUB_SEARCH = "index.docker.io";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(30);
    private static final int PAGE = 1000;

    private final OkHttpClient client;
    private final Cancellation cancellation;
    private final AuthFile logins;

    /** Creates a search that uses the log-ins and proxies which this environment names. */
    public RegistrySearch(Map<String, String> environment, Cancellation cancellation) {
        this.cancellation = cancellation;
        this.logins = new AuthFile(environment);
        this.client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT)
                .readTimeout(READ)
                .proxySelector(new EnvironmentProxies(environment))
                .build();
    }

    /**
     * A repository.
     *
     * @param name with its registry, but for docker's own
     * @param description empty when the registry tells none
     */
    public record Found(String name, String description, int stars, boolean official, boolean automated) {}

    /**
     * Finds repositories.
     *
     * @param term a part of a name; {@code HOST/PART} searches another registry than docker's
     * @param limit how many are wanted at most
     * @param options certificates are those of the system; without TLS verification plain HTTP is used
     * @throws RegistryException when the registry cannot be reached, or does not let itself be searched
     */
    public List<Found> search(String term, int limit, RegistryOptions options) {
        int slash = term.indexOf('/');
        String first = slash < 0 ? "" : term.substring(0, slash);
        boolean named = first.equals("localhost") || first.indexOf('.') >= 0 || first.indexOf(':') >= 0;
        String host = named ? first : HUB;
        String part = named ? term.substring(slash + 1) : term;
        HttpUrl base = base(host.equals(HUB) ? HUB_SEARCH : host, options);
        Optional<String> login = logins.authorization(host, options);
        HttpUrl query = base.newBuilder()
                .addPathSegments("v1/search")
                .addQueryParameter("q", part)
                .addQueryParameter("n", String.valueOf(limit))
                .build();
        Answer answer = get(query, login, host);
        JsonNode results = answer.status() == 200
                ? tree(answer.body()).path("results")
                : Json.mapper().nullNode();
        return results.isArray()
                ? results(results, named ? host + "/" : "", limit)
                : catalogue(base, login, host, part, limit);
    }

    private static HttpUrl base(String host, RegistryOptions options) {
        String scheme = Boolean.FALSE.equals(options.tlsVerify()) ? "http" : "https";
        HttpUrl url = HttpUrl.parse(scheme + "://" + host + "/");
        if (url == null) {
            throw new RegistryException(
                    RegistryException.Kind.OTHER,
                    "",
                    "Tried to search \"" + host + "\", but it is no registry host.",
                    "Write the host like registry.example.org or localhost:5000.",
                    null);
        }
        return url;
    }

    private static List<Found> results(JsonNode results, String prefix, int limit) {
        List<Found> found = new ArrayList<>();
        for (JsonNode result : results) {
            if (found.size() < limit) {
                found.add(new Found(
                        prefix + result.path("name").asString(""),
                        result.path("description").asString(""),
                        result.path("star_count").asInt(0),
                        result.path("is_official").asBoolean(false),
                        result.path("is_automated").asBoolean(false)));
            }
        }
        return found;
    }

    /** A registry's catalogue has no search, and comes in pages (distribution-spec, "catalog"). */
    private List<Found> catalogue(HttpUrl base, Optional<String> login, String host, String part, int limit) {
        List<Found> found = new ArrayList<>();
        HttpUrl page = base.newBuilder()
                .addPathSegments("v2/_catalog")
                .addQueryParameter("n", String.valueOf(PAGE))
                .build();
        while (page != null && found.size() < limit) {
            Answer answer = get(page, login, host);
            if (answer.status() != 200) {
                throw refused(host, answer.status());
            }
            for (JsonNode name : tree(answer.body()).path("repositories")) {
                if (name.asString("").contains(part) && found.size() < limit) {
                    found.add(new Found(host + "/" + name.asString(""), "", 0, false, false));
                }
            }
            page = answer.next();
        }
        return found;
    }

    private static RegistryException refused(String host, int status) {
        boolean login = status == 401 || status == 403;
        return new RegistryException(
                login ? RegistryException.Kind.UNAUTHORIZED : RegistryException.Kind.OTHER,
                "HTTP status " + status,
                "Tried to search " + host + ", but "
                        + (login ? "it wants a login that may search" : "it does not let itself be searched")
                        + " (HTTP status " + status + ").",
                login ? "Log in with `racker login " + host + "`." : "Ask whoever runs it for the names.",
                null);
    }

    /** What a registry has answered; {@code next} is null on the last page. */
    private record Answer(int status, byte[] body, HttpUrl next) {}

    @SuppressWarnings("try") // the registration is only held
    private Answer get(HttpUrl url, Optional<String> login, String host) {
        Request.Builder request = new Request.Builder().url(url);
        login.ifPresent(value -> request.header("Authorization", value));
        Call call = client.newCall(request.build());
        try (Registration registration = cancellation.onRequest(call::cancel);
                Response response = call.execute()) {
            return new Answer(response.code(), response.body().bytes(), next(url, response.header("Link")));
        } catch (IOException e) {
            cancellation.check();
            boolean http = e.getMessage() != null && e.getMessage().contains("TLS");
            throw new RegistryException(
                    http ? RegistryException.Kind.TLS : RegistryException.Kind.UNREACHABLE,
                    String.valueOf(e.getMessage()),
                    "Tried to search " + host + ", but the registry cannot be reached (" + e.getMessage() + ").",
                    "Check the name, the network and the proxy; a registry without TLS wants --tls-verify=false.",
                    e);
        }
    }

    /** {@code </v2/_catalog?last=x&n=5>; rel="next"}. */
    private static HttpUrl next(HttpUrl page, String link) {
        int end = link == null ? -1 : link.indexOf('>');
        return end < 1 || !link.contains("next") ? null : page.resolve(link.substring(link.indexOf('<') + 1, end));
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (MalformedJsonException e) {
            return Json.mapper().nullNode(); // a page for people: then there is no search there
        }
    }
}
