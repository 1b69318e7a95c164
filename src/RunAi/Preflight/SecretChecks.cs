using RunAi.Secrets;
using RunAi.Stacks;

namespace RunAi.Preflight;

/// <summary>Whether the references to secrets of a stack's components lead somewhere. Nothing of a value is kept or told.</summary>
internal sealed class SecretChecks
{
    private const string Name = "Secrets";

    private readonly ResolvedStack _stack;
    private readonly PreflightServices _services;
    private readonly CheckList _list;

    public SecretChecks(ResolvedStack stack, PreflightServices services, CheckList list)
    {
        _stack = stack;
        _services = services;
        _list = list;
    }

    public async Task RunAsync(CancellationToken ct)
    {
        List<SecretReference> resolved = [];
        var before = _list.Checks.Count;
        foreach (var (field, text, intent) in References())
        {
            if (!SecretReference.TryParse(text, out var reference, out _))
            {
                continue;
            }

            try
            {
                await _services.Secrets.ResolveAsync(reference, intent, ct).ConfigureAwait(false);
                resolved.Add(reference);
            }
            catch (SecretNotFoundException e)
            {
                _list.Add(Name, StepCheckStatus.Failed, e.Message, field);
            }
        }

        if (_list.Checks.Count == before)
        {
            _list.Pass(Name, resolved.Count == 0
                ? "None are referred to"
                : $"{string.Join(", ", resolved.Select(secretReference => secretReference.ToString()).Distinct())} can be read");
        }
    }

    private IEnumerable<(string Field, string? Text, SecretIntent Intent)> References()
    {
        var stepOperator = _stack.StepOperator;
        yield return (nameof(StepOperator.ClientId), stepOperator.ClientId, SecretIntent.ClientId);
        yield return (nameof(StepOperator.ClientSecret), stepOperator.ClientSecret, SecretIntent.Secret);
        yield return ("ArtifactStoreCredential", _stack.ArtifactStore?.Credential, SecretIntent.Secret);
        yield return ("ContainerRegistryCredential", _stack.ContainerRegistry?.Credential, SecretIntent.Secret);
    }
}
