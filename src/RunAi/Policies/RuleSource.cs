using Newtonsoft.Json.Linq;

namespace RunAi.Policies;

/// <summary>The organisation unit whose policy a rule comes from (<c>sourceOfRule</c>).</summary>
/// <param name="Scope"><c>system tenant cluster department project</c>.</param>
/// <param name="Id">The unit's id; null for the whole tenant.</param>
/// <param name="IsFallback">True when it is the policy for units that have none.</param>
internal sealed record RuleSource(string Scope, string? Id, bool IsFallback)
{
    /// <summary>Reads the unit of a rule; null when it names none.</summary>
    public static RuleSource? Of(JObject rule)
    {
        if (rule["sourceOfRule"] is not JObject source || (string?)source["scope"] is not { } scope)
        {
            return null;
        }

        return new RuleSource(
            scope, source[scope + "Id"].OrAbsent()?.ToString(),
            source["isFallback"] is { Type: JTokenType.Boolean } fallback && fallback.Value<bool>());
    }

    /// <summary>The unit in words, such as <c>project 3</c>.</summary>
    public override string ToString() => $"{Scope}{(Id is null ? "" : " " + Id)}{(IsFallback ? " (fallback)" : "")}";
}
