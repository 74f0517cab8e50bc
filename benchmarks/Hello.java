/** The least that a Java program can do: what racker --version is measured against. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
