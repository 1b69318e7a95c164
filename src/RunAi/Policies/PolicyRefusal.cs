namespace RunAi.Policies;

/// <summary>A rule of the policy that a spec breaks.</summary>
/// <param name="Field">The field as the control plane would name it, dotted.</param>
/// <param name="Rule">The rule, by the API's word for it: <c>required canEdit min max step options canAdd locked</c>.</param>
/// <param name="Source">The organisation unit whose policy has the rule; null when the control plane does not tell.</param>
/// <param name="Message">What is wrong, beginning with the field's value where there is one.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record PolicyRefusal(string Field, string Rule, RuleSource? Source, string Message, string Remedy)
{
    /// <summary>The field as the user writes it.</summary>
    public string Setting { get; } = FieldNames.SettingOf(Field);
}
