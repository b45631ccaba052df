package dev.vmtest.network;

/** Name what a network interface is. */
public enum InterfaceKind {
    PHYSICAL,
    BOND,
    BRIDGE,
    VLAN,
    LOOPBACK
}
