package dev.racker.harness.option;

/** An option without a value. */
public final class Flag extends Option {

    private Boolean given;

    Flag(String names, String description) {
        super(names, "", description);
    }

    /** Says whether it was given. */
    public boolean isSet() {
        return Boolean.TRUE.equals(given);
    }

    /** Sets it, as if it had been given. */
    public void set() {
        given = true;
    }

    @Override
    public Class<?> type() {
        return Boolean.class;
    }

    @Override
    public String arity() {
        return "0";
    }

    @Override
    public Boolean given() {
        return given;
    }

    @Override
    public void give(Object value) {
        given = (Boolean) value;
    }

    @Override
    boolean take(String text) {
        if (given != null) {
            return false;
        }
        given = true;
        return true;
    }
}
