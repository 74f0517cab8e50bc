package dev.racker.doc;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java program in a document, to be compiled and run as it stands there. */
record JavaExample(String name, String source) {

    private static final Pattern CLASS = Pattern.compile("(?m)^(?:public )?(?:final )?class (\\w+)");

    /** The programs of {@code doc/library.rst}, in their order. */
    static List<JavaExample> all() {
        return Document.read("doc/library.rst").codeBlocks("java").stream()
                .map(JavaExample::of)
                .toList();
    }

    private static JavaExample of(String source) {
        Matcher matcher = CLASS.matcher(source);
        if (!matcher.find()) {
            throw new AssertionError("no class in: " + source);
        }
        return new JavaExample(matcher.group(1), source);
    }

    /** Compiles it as the project's own code is compiled; gives what the compiler says, which is nothing when all is well. */
    String compile(Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options = List.of(
                "--release",
                "17",
                "-Xlint:all",
                "-Werror",
                "-proc:none",
                "-classpath",
                classPath(),
                "-d",
                "" + directory);
        boolean good = compiler.getTask(said, null, null, options, null, List.of(new Source()))
                .call();
        return good ? said.toString() : "Does not compile:\n" + said;
    }

    /** What the tests themselves see; the tests run with a class path that may be hidden in a jar's manifest. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    @Override
    public String toString() {
        return name;
    }

    private final class Source extends SimpleJavaFileObject {
        Source() {
            super(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
