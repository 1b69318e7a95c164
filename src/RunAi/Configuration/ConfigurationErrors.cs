using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace RunAi.Configuration;

/// <summary>What can be wrong with a configuration file, in words: which file, which place in it, and what to do.</summary>
internal sealed class ConfigurationErrors
{
    private readonly string _file;

    public ConfigurationErrors(string file) => _file = file;

    /// <summary>A fault at one place of the file. The value itself is not shown: it could be a secret in the wrong place.</summary>
    public ConfigurationException Wrong(JToken where, string expected)
    {
        var line = (IJsonLineInfo)where;
        var place = line.HasLineInfo() ? $"line {line.LineNumber}: " : "";
        return Broken($"{place}{where.Path} must be {expected}.");
    }

    public ConfigurationException NotJson(JsonException cause)
    {
        var place = cause is JsonReaderException at ? $"line {at.LineNumber}, position {at.LinePosition}: " : "";
        return Broken($"{place}it is not one JSON object.");
    }

    public ConfigurationException Newer(JToken version, int known) =>
        New($"The configuration {_file} has version {version} and this RunAi knows {known}: it is left as it is. "
            + $"Update the module, or set {ConfigurationPath.Variable} to another file.");

    /// <summary>Runs a file operation and puts what the system says against it in our words.</summary>
    public T Guard<T>(string verb, Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unusable(verb, refused);
        }
    }

    /// <summary>The same for one that takes its time.</summary>
    public async Task GuardAsync(string verb, Func<Task> operation)
    {
        try
        {
            await operation().ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unusable(verb, refused);
        }
    }

    private ConfigurationException Unusable(string verb, Exception cause) =>
        New($"The configuration {_file} cannot be {verb}: {cause.Message} Check its permissions and the disk, "
            + $"or set {ConfigurationPath.Variable} to another file."
            + $"{(verb == "written" ? " What is registered with -Scope Session needs none." : "")}",
            cause);

    private ConfigurationException Broken(string fault) =>
        New($"The configuration {_file} cannot be used: {fault} It is left as it is. "
            + $"Correct it, move it away to begin anew, or set {ConfigurationPath.Variable} to another file.");

    private ConfigurationException New(string message, Exception? cause = null) =>
        new(ErrorIds.ConfigurationInvalid, message, cause) { Target = _file };
}
