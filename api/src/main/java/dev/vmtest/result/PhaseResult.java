package dev.vmtest.result;

import java.util.List;
import org.apiguardian.api.API;

/**
 * Record how long a phase took.
 *
 * @param name the phase's word
 * @param seconds from its start to its end
 * @param vmSeconds how much of that a guest was running
 * @param stages named parts of it, in order, such as the installer's stages
 * @param way how it went about it: {@code install} starts its guest by {@code resume}, or {@code full} with the reason;
 *     {@code prepare} says which system is installed; otherwise empty
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record PhaseResult(String name, double seconds, double vmSeconds, List<Stage> stages, String way) {

    public PhaseResult {
        stages = List.copyOf(stages);
    }

    /** Record a phase in which a guest starts in one way only, or none does. */
    public PhaseResult(String name, double seconds, double vmSeconds, List<Stage> stages) {
        this(name, seconds, vmSeconds, stages, "");
    }

    /**
     * Record how long a part of a phase took.
     *
     * @param name what it is called
     * @param seconds how long it took
     */
    public record Stage(String name, double seconds) {

        /** Name the stage of an install in which the installer has its orders and has not said anything yet. */
        public static final String USER_DATA = "user-data";
    }
}
