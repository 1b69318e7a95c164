namespace RunAi.Emulator.Execution.Images;

/// <summary>An image whose layers of RunAi lie in a folder; each pod gets a copy of that folder as its root.</summary>
internal sealed record UnpackedImage(ImageConfig Config, string Folder);
