package dev.racker.postroj.matrix;

import dev.racker.harness.Harness;
import dev.racker.harness.PullPolicy;
import dev.racker.harness.acquire.PullRequest;
import dev.racker.harness.error.HarnessException;
import dev.racker.harness.image.ImageReference;
import dev.racker.harness.progress.Progress;
import dev.racker.harness.store.StoredImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/** The images of a run: named by labels, globs over labels, or references; pulled and made bootable. */
public final class Candidates {

    private final Harness harness;
    private final Function<String, List<String>> labels;

    /** Takes what pulls, and what gives the labels that a glob matches. */
    public Candidates(Harness harness, Function<String, List<String>> labels) {
        this.harness = harness;
        this.labels = labels;
    }

    /**
     * Reads what users name; an image that is named twice counts once.
     *
     * @return references by what reports shall call them, in the order given
     * @throws dev.racker.harness.image.InvalidReferenceException when a text is neither label nor reference
     */
    public Map<String, ImageReference> references(List<String> texts) {
        Map<String, ImageReference> references = new LinkedHashMap<>();
        for (String text : texts) {
            for (String label : isGlob(text) ? labels.apply(text) : List.of(text)) {
                ImageReference reference = harness.images().reference(label);
                if (!references.containsValue(reference)) {
                    references.put(label, reference);
                }
            }
        }
        return references;
    }

    static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /** Brings an image into the store and makes it bootable; what goes wrong is in the candidate. */
    public Candidate prepare(String label, ImageReference reference, Progress progress) {
        try {
            StoredImage image = harness.images().get(PullRequest.of(reference), PullPolicy.MISSING, progress);
            return new Candidate(label, reference, harness.images().bootable(image, progress), "");
        } catch (HarnessException failure) {
            return new Candidate(label, reference, null, failure.getMessage() + remedy(label, failure));
        }
    }

    /** A misspelt label looks like the name of an image in a registry, which then does not know it. */
    private String remedy(String label, HarnessException failure) {
        String remedy = failure.hint().orElse("");
        if (label.matches("[a-z0-9.-]+")) {
            try {
                labels.apply(label);
            } catch (HarnessException unknown) {
                remedy = unknown.hint()
                        .filter(hint -> hint.startsWith("Did you mean"))
                        .orElse(remedy);
            }
        }
        return remedy.isEmpty() ? "" : " " + remedy;
    }

    /** Prepares all of them, several at once; they come in their order. */
    public List<Candidate> prepare(Map<String, ImageReference> references, int jobs, Progress progress) {
        List<Candidate> candidates = new ArrayList<>();
        if (jobs == 1 || references.size() == 1) {
            references.forEach((label, reference) -> candidates.add(prepare(label, reference, progress)));
            return candidates;
        }
        List<FutureTask<Candidate>> tasks = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        references.forEach((label, reference) -> {
            FutureTask<Candidate> task = new FutureTask<>(() -> prepare(label, reference, progress));
            tasks.add(task);
            threads.execute(task);
        });
        threads.shutdown();
        for (FutureTask<Candidate> task : tasks) {
            candidates.add(result(task));
        }
        return candidates;
    }

    private static Candidate result(FutureTask<Candidate> task) {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HarnessException("Interrupted while images were prepared.", null, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
