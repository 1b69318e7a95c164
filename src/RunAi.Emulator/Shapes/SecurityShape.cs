namespace RunAi.Emulator.Shapes;

/// <summary>The security context of a training (spec.security).</summary>
internal static class SecurityShape
{
    public static ObjectShape Shape { get; } = Field.Object(
        ("allowPrivilegeEscalation", Field.Flag),
        ("capabilities", Field.List(Field.OneOf(
            "AUDIT_CONTROL", "AUDIT_READ", "AUDIT_WRITE", "BLOCK_SUSPEND", "CHOWN", "DAC_OVERRIDE",
            "DAC_READ_SEARCH", "FOWNER", "FSETID", "IPC_LOCK", "IPC_OWNER", "KILL", "LEASE",
            "LINUX_IMMUTABLE", "MAC_ADMIN", "MAC_OVERRIDE", "MKNOD", "NET_ADMIN",
            "NET_BIND_SERVICE", "NET_BROADCAST", "NET_RAW", "SETGID", "SETFCAP", "SETPCAP",
            "SETUID", "SYS_ADMIN", "SYS_BOOT", "SYS_CHROOT", "SYS_MODULE", "SYS_NICE", "SYS_PACCT",
            "SYS_PTRACE", "SYS_RAWIO", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "SYSLOG",
            "WAKE_ALARM").NotNull())),
        ("hostIpc", Field.Flag),
        ("hostNetwork", Field.Flag),
        ("readOnlyRootFilesystem", Field.Flag),
        ("runAsGid", Field.Whole("int64")),
        ("runAsNonRoot", Field.Flag),
        ("runAsUid", Field.Whole("int64")),
        ("seccompProfileType", Field.OneOf("RuntimeDefault", "Unconfined", "Localhost")),
        ("supplementalGroups", Field.Any),
        ("uidGidSource", Field.OneOf("fromTheImage", "fromIdpToken", "custom")));
}
