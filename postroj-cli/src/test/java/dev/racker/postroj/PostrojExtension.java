package dev.racker.postroj;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the program with the directories of their process, and looks after each class for what it has left. */
abstract class PostrojExtension implements ParameterResolver, AfterAllCallback {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestPostroj.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(TestPostroj.class, key -> new TestPostroj(), TestPostroj.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestPostroj postroj = store(context).get(TestPostroj.class, TestPostroj.class);
        if (postroj != null) {
            postroj.assertNothingLeft();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.create(TestPostroj.class));
    }
}
