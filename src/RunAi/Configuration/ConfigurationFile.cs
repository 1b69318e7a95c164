using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using RunAi.Files;
using RunAi.Json;

namespace RunAi.Configuration;

/// <summary>
/// The user's <c>runai.json</c>. Reads need no lock, since a write takes the old file's place in one step; what this version
/// does not know in it is kept.
/// </summary>
internal sealed class ConfigurationFile
{
    private const string VersionField = "version";
    private const int Version = 1;
    private readonly TimeProvider _time;

    public ConfigurationFile(string path, TimeProvider? time = null)
    {
        Location = path;
        Faults = new ConfigurationErrors(path);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The full path, as the user knows it.</summary>
    public string Location { get; }

    /// <summary>Makes the errors for what is wrong inside the file.</summary>
    public ConfigurationErrors Faults { get; }

    /// <summary>The whole configuration; a new one when there is no file yet or it is empty.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.ConfigurationInvalid"/>: unreadable, or of a newer version.</exception>
    public JObject Read() => Parse(Faults.Guard("read", () => AtomicFile.Read(Location)));

    /// <summary>Reads, changes and writes the configuration under the lock. Nothing is written when the change throws.</summary>
    /// <returns>What the change returned.</returns>
    /// <exception cref="ConfigurationException">Another process holds it, or it cannot be read or written.</exception>
    public async Task<T> UpdateAsync<T>(Func<JObject, T> change, CancellationToken cancellationToken)
    {
        var file = Faults.Guard("written", () => PrepareTarget(Location));
        using var held = await ConfigurationLock.TakeAsync(file, Faults, _time, cancellationToken).ConfigureAwait(false);
        var before = Faults.Guard("read", () => AtomicFile.Read(file));
        var root = Parse(before);
        var result = change(root);
        root[VersionField] ??= Version;
        var after = StrictJson.Write(root);
        if (after != before)
        {
            await Faults.GuardAsync("written", () => AtomicFile.WriteAsync(file, after, _time, cancellationToken)).ConfigureAwait(false);
        }

        return result;
    }

    /// <summary>The file a link leads to, so that the link stays one, with its folder created.</summary>
    private static string PrepareTarget(string location)
    {
        var file = FilePlatform.FollowLinks(location);
        var folder = Path.GetDirectoryName(file);
        if (!string.IsNullOrEmpty(folder))
        {
            FilePlatform.CreateFolder(folder!);
        }

        return file;
    }

    private JObject Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new JObject { [VersionField] = Version };
        }

        try
        {
            var root = StrictJson.Parse(text);
            CheckVersion(root[VersionField]);
            return root;
        }
        catch (JsonException wrong)
        {
            throw Faults.NotJson(wrong);
        }
    }

    private void CheckVersion(JToken? version)
    {
        if (version is null)
        {
            return;
        }

        var text = version.Type == JTokenType.Integer ? version.ToString(Formatting.None) : "";
        if (!decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            throw Faults.Wrong(version, "a whole number from 1");
        }

        if (number > Version)
        {
            throw Faults.Newer(version, Version);
        }
    }
}
