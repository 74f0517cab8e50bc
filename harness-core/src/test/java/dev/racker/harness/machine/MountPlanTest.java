package dev.racker.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.racker.harness.json.JsonReader;
import dev.racker.harness.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountPlanTest {

    private static final MountPlan PLAN = new MountPlan(List.of(
            Mount.bind("/srv/a \"b\"", "/a", true, true),
            Mount.volume("data", "/b", false, true),
            Mount.anonymous("/c", true, false).named("0123"),
            Mount.tmpfs("/d", "size=1m")));

    @Test
    void a_plan_is_read_as_it_was_written() {
        JsonWriter out = new JsonWriter();
        PLAN.write(out);

        try (JsonReader in = JsonReader.of(out.toBytes())) {
            in.object();
            assertEquals("mounts", in.property());
            assertEquals(PLAN, MountPlan.read(in));
        }
    }

    @Test
    void it_tells_its_volumes_and_what_is_in_memory() {
        assertEquals(List.of("data", "0123"), PLAN.volumes());
        assertEquals(List.of("0123"), PLAN.anonymousVolumes());
        assertEquals(List.of(new Tmpfs("/d", "size=1m")), PLAN.tmpfs());
    }

    @Test
    void what_is_shared_with_another_container_is_not_that_containers_own() {
        Mount shared = PLAN.at("/c").orElseThrow().shared(false);

        assertEquals(false, shared.anonymous());
        assertEquals(true, shared.readOnly());
        assertEquals(true, PLAN.at("/b").orElseThrow().shared(true).readOnly());
    }
}
