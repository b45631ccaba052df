package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Read what the tools said about devices that stand on other devices. */
final class StackReader {

    private static final String ROLE_KEY = "MD_DEVICE_";
    private static final Pattern CHOSEN = Pattern.compile("\\[([^\\]]+)\\]");
    private static final Pattern LUKS2_CIPHER = Pattern.compile("\\s+cipher:\\s+(\\S+)");
    private static final Pattern LUKS2_KEY = Pattern.compile("\\s+Key:\\s+(\\d{1,6}) bits");
    private static final Pattern LUKS2_SLOT = Pattern.compile("\\s+\\d+: luks2.*");
    private static final Pattern LUKS1_SLOT = Pattern.compile("Key Slot \\d+: ENABLED");

    private StackReader() {}

    /** Read {@code mdadm --detail --export} and the array's sysfs attributes. */
    static MdArray array(String source, String device, String export, String state) {
        Map<String, String> detail = TableReader.variables(export);
        Map<String, String> attributes = TableReader.variables(state);
        Map<String, String> roles = new LinkedHashMap<>();
        detail.forEach((key, role) -> {
            if (key.startsWith(ROLE_KEY) && key.endsWith("_ROLE")) {
                String path = required(source, detail, key.substring(0, key.length() - "ROLE".length()) + "DEV");
                roles.put(DeviceReader.lastComponent(path), role);
            }
        });
        String degraded = attributes.getOrDefault("degraded", "0");
        return new MdArray(
                device,
                required(source, detail, "MD_LEVEL"),
                number(source, detail.getOrDefault("MD_DEVICES", "0")),
                detail.getOrDefault("MD_NAME", ""),
                detail.getOrDefault("MD_METADATA", ""),
                detail.getOrDefault("MD_UUID", ""),
                roles,
                required(source, attributes, "array_state"),
                number(source, degraded.isEmpty() ? "0" : degraded),
                attributes.getOrDefault("sync_action", ""));
    }

    /** Read lines of kernel name, mapping name and mapping UUID, separated by tabs. */
    static List<MappedDevice> mapped(String source, String text) {
        return rows(source, text, 3).stream()
                .map(row -> new MappedDevice(row[0], row[1], row[2]))
                .toList();
    }

    static List<LvmPhysicalVolume> physicalVolumes(String source, String text) {
        return report(source, text, "pv").stream()
                .map(node -> new LvmPhysicalVolume(
                        Json.required(source, node, "pv_name"),
                        Objects.requireNonNullElse(Json.text(node, "vg_name"), ""),
                        Json.number(source, node, "pv_size")))
                .toList();
    }

    static List<LvmVolumeGroup> volumeGroups(String source, String text) {
        return report(source, text, "vg").stream()
                .map(node -> new LvmVolumeGroup(
                        Json.required(source, node, "vg_name"),
                        Objects.requireNonNullElse(Json.text(node, "vg_uuid"), ""),
                        Json.number(source, node, "vg_size"),
                        Json.number(source, node, "vg_free"),
                        Json.number(source, node, "vg_extent_size"),
                        number(source, Json.required(source, node, "vg_missing_pv_count"))))
                .toList();
    }

    static List<LvmLogicalVolume> logicalVolumes(String source, String text) {
        return report(source, text, "lv").stream()
                .map(node -> new LvmLogicalVolume(
                        Json.required(source, node, "lv_name"),
                        Json.required(source, node, "vg_name"),
                        Json.number(source, node, "lv_size"),
                        Objects.requireNonNullElse(Json.text(node, "segtype"), "")))
                .toList();
    }

    /** Return the rows of LVM's JSON report: one object, in a list called {@code report}, for each table. */
    private static List<JsonNode> report(String source, String text, String table) {
        List<JsonNode> rows = new ArrayList<>();
        List<JsonNode> reports = Json.items(Json.parse(source, text), "report");
        if (reports.isEmpty()) {
            throw new NotCollectedException(source + " has no \"report\"");
        }
        reports.forEach(report -> rows.addAll(Json.items(report, table)));
        return rows;
    }

    /** Read {@code cryptsetup luksDump}, whose layout differs between LUKS1 and LUKS2 (cryptsetup-luksDump(8)). */
    static LuksHeader luks(String source, String device, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        String cipher = "";
        int bits = 0;
        int slots = 0;
        for (String line : text.lines().toList()) {
            Matcher luks2 = LUKS2_CIPHER.matcher(line);
            if (luks2.matches() && cipher.isEmpty()) {
                cipher = luks2.group(1);
            }
            Matcher key = LUKS2_KEY.matcher(line);
            if (key.matches() && bits == 0) {
                bits = number(source, key.group(1));
            }
            if (LUKS2_SLOT.matcher(line).matches()
                    || LUKS1_SLOT.matcher(line.strip()).matches()) {
                slots++;
            }
            int colon = line.indexOf(':');
            if (colon > 0 && !Character.isWhitespace(line.charAt(0))) {
                fields.putIfAbsent(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        if (fields.containsKey("Cipher name")) {
            cipher = fields.get("Cipher name") + "-" + fields.getOrDefault("Cipher mode", "");
            bits = number(source, fields.getOrDefault("MK bits", "0"));
        }
        return new LuksHeader(
                device,
                number(source, required(source, fields, "Version")),
                required(source, fields, "UUID"),
                cipher,
                bits,
                slots);
    }

    /** Read {@code dmsetup table --target crypt}: name, start, length, target, cipher, key, offset, device. */
    static List<CryptMapping> mappings(String source, String text) {
        List<CryptMapping> mappings = new ArrayList<>();
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(": ");
            String[] fields = colon < 0
                    ? new String[0]
                    : line.substring(colon + 2).strip().split(" +", -1);
            if (fields.length < 7 || !fields[2].equals("crypt")) {
                throw new NotCollectedException(source + " has a line that is no encrypted mapping");
            }
            mappings.add(new CryptMapping(line.substring(0, colon), fields[3], fields[6]));
        }
        return List.copyOf(mappings);
    }

    /** Read {@code /etc/crypttab}; the third and fourth fields may be absent. */
    static List<CrypttabEntry> crypttab(String source, String text) {
        List<CrypttabEntry> entries = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] fields = line.split("[ \t]+", -1);
            if (fields.length < 2) {
                throw new NotCollectedException(source + " has a line that is no entry of crypttab");
            }
            entries.add(new CrypttabEntry(
                    fields[0],
                    fields[1],
                    fields.length > 2 ? fields[2] : "none",
                    fields.length > 3 ? List.of(fields[3].split(",", -1)) : List.of()));
        }
        return List.copyOf(entries);
    }

    /** Read the attributes of a bcache device; sysfs marks the active mode with brackets. */
    static BcacheDevice bcache(String source, String device, String text) {
        Map<String, String> attributes = TableReader.variables(text);
        Matcher mode = CHOSEN.matcher(required(source, attributes, "cache_mode"));
        if (!mode.find()) {
            throw new NotCollectedException(source + " marks no cache mode as active");
        }
        return new BcacheDevice(
                device,
                mode.group(1),
                required(source, attributes, "state"),
                setUuid(attributes.getOrDefault("set", "")));
    }

    /** Return what the {@code cache} link of sysfs leads to, if that is a UUID. */
    private static String setUuid(String name) {
        return name.contains("-") ? name : "";
    }

    /** Read {@code bcache-super-show}: lines of a key, a tab and a value. */
    static BcacheSuperblock superblock(String source, String device, String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split("\t+", 2);
            if (parts.length == 2) {
                fields.put(parts[0].strip(), parts[1].strip());
            }
        }
        return new BcacheSuperblock(
                device,
                required(source, fields, "sb.version").contains("backing"),
                required(source, fields, "dev.uuid"),
                required(source, fields, "cset.uuid"));
    }

    static IscsiSession session(String source, String id, String text) {
        Map<String, String> attributes = TableReader.variables(text);
        return new IscsiSession(
                id,
                required(source, attributes, "targetname"),
                plain(attributes.getOrDefault("username", "")),
                plain(attributes.getOrDefault("username_in", "")),
                attributes.getOrDefault("state", ""));
    }

    /** Return a name of sysfs, which shows an absent one as {@code (null)}. */
    private static String plain(String name) {
        return name.equals("(null)") ? "" : name;
    }

    /** Read node records: after the file's name in brackets, lines {@code name = value}. */
    static List<IscsiNode> nodes(String source, String text) {
        List<Map<String, String>> records = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.startsWith("[")) {
                records.add(new LinkedHashMap<>());
                continue;
            }
            String[] pair = line.split(" = ", 2);
            if (records.isEmpty() || pair.length != 2) {
                throw new NotCollectedException(source + " has a line that belongs to no record");
            }
            records.get(records.size() - 1).put(pair[0], pair[1]);
        }
        return records.stream().map(record -> node(source, record)).toList();
    }

    private static IscsiNode node(String source, Map<String, String> record) {
        String address = required(source, record, "node.conn[0].address");
        return new IscsiNode(
                required(source, record, "node.name"),
                (address.contains(":") ? "[" + address + "]" : address) + ":"
                        + required(source, record, "node.conn[0].port"),
                record.getOrDefault("node.startup", ""),
                record.getOrDefault("node.session.auth.authmethod", "None"),
                record.getOrDefault("node.session.auth.username", ""),
                record.getOrDefault("node.session.auth.username_in", ""));
    }

    /** Read lines of kernel name, session and logical unit, separated by tabs. */
    static List<IscsiDisk> iscsiDisks(String source, String text) {
        return rows(source, text, 3).stream()
                .map(row -> new IscsiDisk(row[0], row[1], number(source, row[2])))
                .toList();
    }

    private static List<String[]> rows(String source, String text, int columns) {
        List<String[]> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] row = line.split("\t", -1);
            if (row.length != columns) {
                throw new NotCollectedException(source + " has a line without " + columns + " fields");
            }
            rows.add(row);
        }
        return rows;
    }

    private static String required(String source, Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new NotCollectedException(source + " has no " + name);
        }
        return value;
    }

    private static int number(String source, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException malformed) {
            throw new NotCollectedException(source + " has a number that is none");
        }
    }
}
