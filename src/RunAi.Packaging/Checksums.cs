using System.Security.Cryptography;

namespace RunAi.Packaging;

/// <summary>Writes SHA256SUMS, which <c>sha256sum --check SHA256SUMS</c> reads.</summary>
internal static class Checksums
{
    private const string Name = "SHA256SUMS";

    /// <summary>Writes the file with the digest of each other file of a folder.</summary>
    public static void Write(string folder) => File.WriteAllText(Path.Combine(folder, Name), string.Concat(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(file => file.Name != Name)
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.Path)))}  {file.Name}\n")));
}
