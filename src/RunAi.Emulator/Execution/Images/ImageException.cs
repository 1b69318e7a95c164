namespace RunAi.Emulator.Execution.Images;

/// <summary>An image cannot be had; the message goes where a kubelet tells of it, and holds no credential.</summary>
internal sealed class ImageException(string message, Exception? inner = null) : Exception(message, inner);
