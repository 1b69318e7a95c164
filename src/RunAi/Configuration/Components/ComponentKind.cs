using Newtonsoft.Json.Linq;

namespace RunAi.Configuration;

/// <summary>What sets the components of one section apart: their words, their error ids, and their fields.</summary>
internal sealed class ComponentKind<T>
{
    public required string Section { get; init; }

    /// <summary>The kind as messages name it, such as <c>container registry</c>.</summary>
    public required string Words { get; init; }

    public required string NotFoundId { get; init; }

    public required string ExistsId { get; init; }

    /// <summary>The command that registers one, with <c>{0}</c> for its name.</summary>
    public required string HowToRegister { get; init; }

    public required Func<string, JObject, ConfigurationErrors, T> Read { get; init; }

    /// <summary>Writes the fields; what is not ours in the object stays.</summary>
    public required Action<T, JObject> Write { get; init; }

    /// <summary>Puts a component in its one form and throws when it breaks a rule of its kind.</summary>
    public Action<T> Check { get; init; } = _ => { };

    /// <summary>The failure of a name that is taken, when the kind has another way out than <c>-Force</c>.</summary>
    public Func<string, ConfigurationException>? Exists { get; init; }
}
