package dev.vmtest.image.mirror;

import dev.vmtest.image.ImageDirectory;
import dev.vmtest.image.MirrorPath;
import dev.vmtest.image.StreamItem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Know what takes which place in the tree, so that no item of a stream takes that of another file. */
final class MirrorPlaces {

    private final ImageDirectory directory;
    private final Set<Path> built;
    private final Set<Path> builtDirectories = new HashSet<>();
    private final Map<String, Taken> files = new HashMap<>();
    /** For each directory above a file, that file. */
    private final Map<String, Taken> directories = new HashMap<>();

    /**
     * Begin with a tree.
     *
     * @param built the files of images that were built here
     */
    MirrorPlaces(ImageDirectory directory, Set<Path> built) {
        this.directory = directory;
        this.built = built;
        built.forEach(file -> builtDirectories.add(file.getParent()));
    }

    /** Hold a file with who says that it is there. */
    private record Taken(StreamItem item, String who) {

        private boolean isSameFile(StreamItem other) {
            return item.path().equals(other.path())
                    && item.sha256().equals(other.sha256())
                    && item.size() == other.size();
        }
    }

    /** Take note of a file that was mirrored before and stays. */
    void keep(StreamItem item) {
        take(item, "an image that was mirrored before: " + item.described());
    }

    /** Give all items of a version their places, or none if one of them cannot have it; return why not. */
    List<String> take(List<StreamItem> items) {
        List<String> problems = new ArrayList<>();
        Map<String, Taken> ofThis = new HashMap<>();
        for (StreamItem item : items) {
            objections(item, problems);
            Taken twin = ofThis.putIfAbsent(MirrorPath.folded(item.path()), new Taken(item, item.described()));
            if (twin != null && !twin.isSameFile(item)) {
                problems.add(clash(item, twin));
            }
        }
        if (problems.isEmpty()) {
            items.forEach(item -> take(item, item.described()));
        }
        return problems;
    }

    private void take(StreamItem item, String who) {
        String folded = MirrorPath.folded(item.path());
        Taken taken = new Taken(item, who);
        files.putIfAbsent(folded, taken);
        for (int slash = folded.lastIndexOf('/'); slash > 0; slash = folded.lastIndexOf('/', slash - 1)) {
            directories.putIfAbsent(folded.substring(0, slash), taken);
        }
    }

    private void objections(StreamItem item, List<String> problems) {
        String folded = MirrorPath.folded(item.path());
        Taken same = files.get(folded);
        if (same != null && !same.isSameFile(item)) {
            problems.add(clash(item, same));
        }
        Taken below = directories.get(folded);
        if (below != null) {
            problems.add(nested(item, below));
        }
        for (int slash = folded.lastIndexOf('/'); slash > 0; slash = folded.lastIndexOf('/', slash - 1)) {
            Taken above = files.get(folded.substring(0, slash));
            if (above != null) {
                problems.add(nested(item, above));
            }
        }
        if (problems.isEmpty()) {
            inTree(item, problems);
        }
    }

    /** Look at what lies in the tree, whoever has put it there. */
    private void inTree(StreamItem item, List<String> problems) {
        Path place = directory.root().resolve(item.path());
        if (built.contains(place)) {
            problems.add("the stream's file " + item.path() + " is one that was built here");
            return;
        }
        for (Path above = place.getParent();
                above != null && !above.equals(directory.root());
                above = above.getParent()) {
            if (builtDirectories.contains(above)) {
                problems.add("the stream's file " + item.path() + " would lie in an image that was built here");
                return;
            }
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            problems.add("the stream's file " + item.path() + " is a directory in " + directory.root());
        }
    }

    private static String clash(StreamItem item, Taken other) {
        return item.path().equals(other.item().path())
                ? "the stream has two different files " + item.path() + ": for " + other.who() + ", and for "
                        + item.described()
                : "the files " + other.item().path() + " (" + other.who() + ") and " + item.path() + " ("
                        + item.described() + ") would be one file where names are not told apart by case, dots at"
                        + " their end or forms of a letter";
    }

    private static String nested(StreamItem item, Taken other) {
        return "of the files " + other.item().path() + " (" + other.who() + ") and " + item.path() + " ("
                + item.described() + ") one would be a directory of the other";
    }
}
