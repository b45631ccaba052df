package dev.vmtest.image;

import dev.vmtest.process.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Find and remove what lies in a tree of images and belongs to none that its index knows. */
final class Leftovers {

    private final ImageDirectory directory;

    Leftovers(ImageDirectory directory) {
        this.directory = directory;
    }

    /** Return all directories above the files of images, below the root. */
    Set<Path> directoriesOf(Collection<InstallImage> images) {
        Set<Path> directories = new HashSet<>();
        for (InstallImage image : images) {
            for (ImageFile file : image.files()) {
                Path above = file.path().getParent();
                // What lies above a directory that is known is known.
                while (above != null && above.startsWith(directory.root()) && directories.add(above)) {
                    above = above.getParent();
                }
            }
        }
        return directories;
    }

    /**
     * Return the directories of builds that no image has its files in, sorted.
     *
     * @param images all that the tree describes, also what was mirrored: a stream may have images of Debian, too
     */
    List<Path> builds(Collection<InstallImage> images) throws IOException {
        Set<Path> known = directoriesOf(images);
        Path builds = directory.root().resolve("debian");
        if (!Files.isDirectory(builds)) {
            return List.of();
        }
        // OS/RELEASE/ARCH/VERSION/SUBARCH: four levels below the OS.
        try (Stream<Path> all = Files.find(builds, 4, (path, attributes) -> attributes.isDirectory())) {
            return all.filter(path -> builds.relativize(path).getNameCount() == 4 && !known.contains(path))
                    .sorted()
                    .toList();
        }
    }

    /** Remove the directories of builds that no image has its files in, with a directory above that is empty then. */
    void removeBuilds(Collection<InstallImage> images) throws IOException {
        for (Path build : builds(images)) {
            FileTree.delete(build);
            Path parent = build.getParent();
            if (parent != null && FileTree.children(parent).isEmpty()) {
                Files.delete(parent);
            }
        }
    }

    /**
     * Return what was saved of machines that booted an image which is gone, sorted.
     *
     * @param place the images' own directory, or another where a user keeps snapshots
     * @param images all that the tree describes
     */
    static List<Path> snapshots(ImageDirectory place, Collection<InstallImage> images) throws IOException {
        if (!Files.isDirectory(place.snapshots())) {
            return List.of();
        }
        Set<Path> known = new HashSet<>();
        for (InstallImage image : images) {
            if (ImageChoice.boots(image)) {
                known.add(place.snapshots(image));
            }
        }
        return FileTree.children(place.snapshots()).stream()
                .filter(snapshots -> !known.contains(snapshots))
                .toList();
    }

    static void remove(List<Path> paths) throws IOException {
        for (Path path : paths) {
            FileTree.delete(path);
        }
    }
}
