namespace RunAi.Emulator.Execution;

/// <summary>
/// A folder or file of this machine at a place of the container; read-only unless the spec says otherwise, as the document has it.
/// </summary>
internal sealed record HostPath(string Path, string MountPath, bool ReadOnly);
