package dev.vmtest.facts;

import dev.vmtest.text.TextResource;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import tools.jackson.databind.json.JsonMapper;

/** Make the script with which an installed system asks its neighbours; {@link NetworkFacts#reach()} is the answer. */
@API(status = API.Status.INTERNAL)
public final class ReachScript {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ReachScript() {}

    /**
     * Ask with a packet of a size.
     *
     * @param size bytes of the largest packet that passes
     */
    public record Size(String address, int size) {}

    /**
     * Let a bond lose a member.
     *
     * @param name the bond
     * @param address who is asked over it meanwhile
     */
    public record Bond(String name, String address) {}

    /**
     * Return the script. It needs Python 3, which cloud-init needs, too.
     *
     * @param targets the addresses that are asked
     */
    public static CollectScript of(List<String> targets, List<Size> sizes, List<Bond> bonds) {
        String plan = JSON.writeValueAsString(Map.of("targets", targets, "sizes", sizes, "bonds", bonds));
        String text = TextResource.beside(ReachScript.class, "reach.py").replace("@plan@", plan);
        return new CollectScript("reach", "#!/usr/bin/python3\n" + text);
    }
}
