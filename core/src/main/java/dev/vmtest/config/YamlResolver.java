package dev.vmtest.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Resolve plain scalars as PyYAML does.
 *
 * <p>It differs from the library's own resolver in floats: a sign is needed in an exponent and so is
 * a dot, so {@code 1e3} stays a string. Source: https://yaml.org/type/ as implemented by PyYAML 6.
 */
final class YamlResolver extends Resolver {

    /** What Python converts, and with it curtin (sys.int_info.default_max_str_digits). */
    static final int LONGEST_NUMBER = 4300;

    static final Pattern BOOL_PATTERN =
            Pattern.compile("^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$");
    static final Pattern FLOAT_PATTERN = Pattern.compile("^(?:[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?"
            + "|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
            + "|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*"
            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN))$");
    static final Pattern INT_PATTERN = Pattern.compile("^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)"
            + "|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$");
    /** The digits of a whole number of any length; the library holds the patterns above against shorter texts only. */
    static final Pattern DIGITS_PATTERN = Pattern.compile("[-+]?[0-9][0-9_]*+");

    static final Pattern NULL_PATTERN = Pattern.compile("^(?:~|null|Null|NULL| *)$");
    static final Pattern TIMESTAMP_PATTERN = Pattern.compile("^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}"
            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]*)?"
            + "(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?)$");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, BOOL_PATTERN, "yYnNtTfFoO");
        addImplicitResolver(Tag.INT, INT_PATTERN, "-+0123456789", LONGEST_NUMBER);
        addImplicitResolver(Tag.FLOAT, FLOAT_PATTERN, "-+0123456789.", LONGEST_NUMBER);
        addImplicitResolver(Tag.MERGE, MERGE, "<");
        addImplicitResolver(Tag.NULL, NULL_PATTERN, "~nN\0");
        addImplicitResolver(Tag.NULL, EMPTY, null);
        addImplicitResolver(Tag.TIMESTAMP, TIMESTAMP_PATTERN, "0123456789");
    }
}
