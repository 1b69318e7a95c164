using Newtonsoft.Json.Linq;
using RunAi.Configuration;
using RunAi.Files;
using RunAi.Json;

namespace RunAi.Stacks;

/// <summary>
/// A <c>runai.json</c> that is committed to a repository: stacks with their components, in the form of the configuration file.
/// </summary>
internal sealed class StackFile
{
    public const string FileName = "runai.json";

    public StackFile(string path)
    {
        Location = FullPath.Of(path, ErrorIds.ConfigurationInvalid);
        File = new ConfigurationFile(Location);
    }

    public string Location { get; }

    /// <summary>The folder that relative places in the file start from.</summary>
    public string Folder => Path.GetDirectoryName(Location)!;

    public ConfigurationFile File { get; }

    /// <summary>The file in a folder or the nearest of its parents.</summary>
    /// <param name="folder">Where the search begins.</param>
    /// <param name="own">The user's own configuration, which is not meant.</param>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.ConfigurationInvalid"/>: there is none.</exception>
    public static StackFile FindUpward(string folder, string own)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var file = Path.Combine(at.FullName, FileName);
            if (System.IO.File.Exists(file) && !IsSame(file, own))
            {
                return new StackFile(file);
            }
        }

        throw new ConfigurationException(
            ErrorIds.ConfigurationInvalid,
            $"There is no {FileName} in {folder} or a folder above it. Name the file with -Path, or write one with Export-RunAiStack.")
        {
            Target = folder,
        };
    }

    /// <summary>True for two paths of one file, as this system compares them.</summary>
    public static bool IsSame(string path, string other) => string.Equals(
        Path.GetFullPath(path), Path.GetFullPath(other),
        Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    /// <summary>What the file holds.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.ConfigurationInvalid"/>: it is not there, or of another
    /// form.</exception>
    public JObject Read() => System.IO.File.Exists(Location)
        ? File.Read()
        : throw new ConfigurationException(
            ErrorIds.ConfigurationInvalid, $"There is no file {Location}. Give the path of a {FileName} that Export-RunAiStack wrote.")
        {
            Target = Location,
        };

    /// <summary>Writes the file in one step. One that holds something else is replaced only when that is forced.</summary>
    /// <returns>False when the file says so already.</returns>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StackExists"/>, or the file cannot be written.</exception>
    public bool Write(JObject document, bool force)
    {
        var text = StrictJson.Write(document);
        var before = File.Faults.Guard("read", () => AtomicFile.Read(Location));
        if (before == text)
        {
            return false;
        }

        if (before.Length > 0 && !force)
        {
            throw new ConfigurationException(
                ErrorIds.StackExists,
                $"The file {Location} exists and holds something else. Replace it with -Force, or name another file with -Path.")
            {
                Target = Location,
            };
        }

        return File.Faults.Guard("written", () => Replace(text));
    }

    /// <summary>
    /// The text goes to a file of its own first, under a name nobody else takes, so that no lock is left in the repository.
    /// </summary>
    private bool Replace(string text)
    {
        var temporary = Path.Combine(Folder, $".{FileName}.{Guid.NewGuid():N}");
        try
        {
            System.IO.File.WriteAllText(temporary, text);
            FilePlatform.Replace(temporary, Location);
            return true;
        }
        finally
        {
            System.IO.File.Delete(temporary);
        }
    }
}
