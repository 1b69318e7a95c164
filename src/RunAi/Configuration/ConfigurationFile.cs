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
    private const string SessionReference = "{{session:";
    private readonly TimeProvider _time;
    private readonly SessionConfiguration? _session;
    private readonly ConfigurationException? _unknown;

    /// <param name="path">The full path.</param>
    /// <param name="time">The clock; the system's for null.</param>
    /// <param name="session">What the session has over the file; null for nothing.</param>
    public ConfigurationFile(string path, TimeProvider? time = null, SessionConfiguration? session = null)
    {
        Location = path;
        Faults = new ConfigurationErrors(path);
        _time = time ?? TimeProvider.System;
        _session = session;
    }

    private ConfigurationFile(ConfigurationException unknown, TimeProvider time, SessionConfiguration session)
        : this("the session's configuration", time, session) => _unknown = unknown;

    /// <summary>
    /// The user's configuration file with what the session has over it. A user without a configuration folder has what the session has.
    /// </summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="time">The clock.</param>
    /// <param name="session">What the session has.</param>
    /// <param name="scope">Where what a change registers goes; null to leave what is there where it is, and to put what is new into the
    /// file.</param>
    public static ConfigurationFile Of(
        Func<string, string?> variable, TimeProvider time, SessionConfiguration session, ConfigurationScope? scope = null)
    {
        try
        {
            return new ConfigurationFile(ConfigurationPath.Resolve(variable), time, session) { Scope = scope };
        }
        catch (ConfigurationException unknown)
        {
            return new ConfigurationFile(unknown, time, session) { Scope = scope };
        }
    }

    /// <summary>The full path, as the user knows it.</summary>
    public string Location { get; }

    /// <summary>Makes the errors for what is wrong inside the file.</summary>
    public ConfigurationErrors Faults { get; }

    /// <summary>
    /// Where what a change registers goes; null to leave what is there where it is, and to put what is new into the file.
    /// </summary>
    private ConfigurationScope? Scope { get; init; }

    /// <summary>The whole configuration; a new one when there is no file yet or it is empty.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.ConfigurationInvalid"/>: unreadable, or of a newer version.</exception>
    public JObject Read() => _session is { IsEmpty: false } session ? session.Over(ReadFile()) : ReadFile();

    /// <summary>Reads, changes and writes the configuration under the lock. Nothing is written when the change throws.</summary>
    /// <returns>What the change returned.</returns>
    /// <exception cref="ConfigurationException">Another process holds it, or it cannot be read or written.</exception>
    public async Task<T> UpdateAsync<T>(Func<JObject, T> change, CancellationToken cancellationToken)
    {
        if (_session is not { } session || (session.IsEmpty && Scope != ConfigurationScope.Session))
        {
            return await UpdateFileAsync(change, cancellationToken).ConfigureAwait(false);
        }

        var (result, draft, file) = Drafted(ReadFile());
        if (file is not null)
        {
            // The file may have changed meanwhile, so that all is done again under its lock.
            await UpdateFileAsync(
                root =>
                {
                    (result, draft, file) = Drafted(root);
                    root.ReplaceAll((file ?? root).Properties().ToList());
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }

        session.Take(draft);
        return result;

        // What concerns the session alone needs no file that can be written to: the file's part is null then.
        (T Result, SessionConfiguration Draft, JObject? File) Drafted(JObject root)
        {
            var drafted = session.Draft();
            var merged = drafted.Over(root);
            var unchanged = (JObject)merged.DeepClone();
            var changed = change(merged);
            if (Scope == ConfigurationScope.Session)
            {
                drafted.Keep(root, merged);
                return (changed, drafted, null);
            }

            var shared = (JObject)root.DeepClone();
            drafted.Share(shared, merged, unchanged, movesToFile: Scope == ConfigurationScope.User);
            return (changed, drafted, JToken.DeepEquals(shared, root) ? null : shared);
        }
    }

    private JObject ReadFile()
    {
        if (_unknown is null)
        {
            return Parse(Faults.Guard("read", () => AtomicFile.Read(Location)));
        }

        return Scope == ConfigurationScope.Session || _session is { IsEmpty: false }
            ? new JObject { [VersionField] = Version }
            : throw _unknown;
    }

    private async Task<T> UpdateFileAsync<T>(Func<JObject, T> change, CancellationToken cancellationToken)
    {
        if (_unknown is not null)
        {
            throw _unknown;
        }

        var file = Faults.Guard("written", () => PrepareTarget(Location));
        using var held = await ConfigurationLock.TakeAsync(file, Faults, _time, cancellationToken).ConfigureAwait(false);
        var before = Faults.Guard("read", () => AtomicFile.Read(file));
        var root = Parse(before);
        var result = change(root);
        root[VersionField] ??= Version;
        var after = StrictJson.Write(root);
        if (after != before)
        {
            if (after.Contains(SessionReference))
            {
                throw new ConfigurationException(
                    ErrorIds.InvalidSecretReference,
                    $"A reference {SessionReference}NAME}}}} leads to the memory of one session and is of no use in a file. Register the "
                    + "component with -Scope Session, or refer to a vault or to an environment variable.");
            }

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
