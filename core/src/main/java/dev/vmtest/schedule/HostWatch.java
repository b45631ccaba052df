package dev.vmtest.schedule;

/** Look at what a host has left while a run is under way, for others use it too. */
public interface HostWatch {

    /** Take the host to have what it had when the run began. */
    HostWatch NONE = new HostWatch() {
        @Override
        public HostRoom room() {
            return HostRoom.ALL;
        }

        @Override
        public void lookAgain(Runnable look) {
            throw new IllegalStateException("a host that has room for all needs no second look");
        }

        @Override
        public void heldBack(String why) {
            throw new IllegalStateException("a host that has room for all holds nothing back");
        }
    };

    /** Return what there is now. */
    HostRoom room();

    /** Have somebody look again after a while: it is nobody's event that other programs are done. */
    void lookAgain(Runnable look);

    /** Hear why a test waits that the budget of the run has room for. */
    void heldBack(String why);
}
