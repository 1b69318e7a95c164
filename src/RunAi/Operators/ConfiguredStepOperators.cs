using Newtonsoft.Json.Linq;
using RunAi.Configuration;

namespace RunAi.Operators;

/// <summary>The step operators registered in a configuration file.</summary>
internal sealed class ConfiguredStepOperators
{
    private static readonly ComponentKind<StepOperator> Kind = new()
    {
        Section = "stepOperators",
        Words = "step operator",
        NotFoundId = ErrorIds.StepOperatorNotFound,
        ExistsId = ErrorIds.StepOperatorExists,
        HowToRegister = StepOperatorErrors.HowToRegister,
        Read = StepOperatorJson.Read,
        Write = StepOperatorJson.Write,
        Check = StepOperatorValidation.Check,
        Exists = StepOperatorErrors.Exists,
    };

    private readonly ConfigurationFile _file;

    public ConfiguredStepOperators(ConfigurationFile file)
    {
        _file = file;
        Section = new ComponentSection<StepOperator>(file, Kind);
    }

    /// <summary>The operators as components of any kind.</summary>
    public ComponentSection<StepOperator> Section { get; }

    /// <summary>Registers an operator; with <paramref name="force"/> in place of the one that has its name.</summary>
    /// <exception cref="StepSettingsException">It breaks a rule.</exception>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorExists"/>, or the file cannot be used.</exception>
    public Task<StepOperator> RegisterAsync(StepOperator stepOperator, bool force, CancellationToken cancellationToken) =>
        Section.RegisterAsync(stepOperator.Name, stepOperator, force, cancellationToken);

    /// <summary>Makes sure a name can be registered, so that nothing else is done for one that cannot.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorExists"/>, or the file cannot be read.</exception>
    public void EnsureFree(string name, bool force) => Section.EnsureFree(name, force);

    /// <summary>The failure of a look-up by exact name.</summary>
    public ConfigurationException NotFound(string name) => Section.NotFound(name);

    /// <summary>Changes the operator of that name and keeps everything the change does not touch.</summary>
    /// <exception cref="StepSettingsException">It would break a rule; nothing is changed.</exception>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>, or the file cannot be used.</exception>
    public Task<StepOperator> SetAsync(string name, Action<StepOperator> change, CancellationToken cancellationToken) =>
        Section.SetAsync(
            name,
            stepOperator =>
            {
                var registered = stepOperator.Name;
                change(stepOperator);
                stepOperator.Name = registered;
            },
            cancellationToken);

    /// <summary>Forgets the operator of that name and returns it as it was.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>, or the file cannot be used.</exception>
    public Task<StepOperator> UnregisterAsync(string name, CancellationToken cancellationToken) =>
        Section.UnregisterAsync(name, cancellationToken);

    /// <summary>The operators whose names match a pattern with <c>*</c> and <c>?</c>, by name; none is no error.</summary>
    public IReadOnlyList<StepOperator> Get(string pattern = "*") => Section.Get(pattern);

    /// <summary>The operator of that name, or for null the only one registered; checked against the rules.</summary>
    /// <exception cref="ConfigurationException"><see cref="ErrorIds.StepOperatorNotFound"/>: no such one, or not exactly one.</exception>
    /// <exception cref="StepSettingsException">The file was edited and the operator breaks a rule.</exception>
    public StepOperator Resolve(string? name) => Resolve(_file.Read(), name);

    public StepOperator Resolve(JObject root, string? name)
    {
        var names = Section.Names(root);
        var stepOperator = Section.Required(root, name ?? (names.Count == 1 ? names[0] : throw StepOperatorErrors.NotOne(names)));
        StepOperatorValidation.Check(stepOperator);
        return stepOperator;
    }
}
