package dev.vmtest.network;

import java.util.List;

/** Describe an interface that sends nothing anywhere. */
public record DummyDevice(InterfaceSettings settings) implements NetworkInterface {

    @Override
    public List<Reference> references() {
        return List.of();
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.dummyDevice(this);
    }

    @Override
    public String kernelKind() {
        return "dummy";
    }
}
