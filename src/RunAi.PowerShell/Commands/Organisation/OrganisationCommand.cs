using System.Management.Automation;
using RunAi.Operators;
using RunAi.Organisation;
using RunAi.PowerShell.Binding;
using RunAi.Wording;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// A command that lists a part of the organisation. Pages are asked for while the pipeline takes them: what ends the pipeline, such as
/// <c>Select-Object -First</c>, ends the asking.
/// </summary>
public abstract class OrganisationCommand : OperatorCommand
{
    private int _left;

    /// <summary><para type="description">Sort from the last to the first.</para></summary>
    [Parameter]
    public SwitchParameter Descending { get; set; }

    /// <summary><para type="description">At most this many; the control plane is asked for no more.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [InvariantNumber(Whole = true)]
    public int First { get; set; } = int.MaxValue;

    /// <summary>The names or patterns that are wanted.</summary>
    private protected abstract string[] Names { get; }

    /// <summary>The states this version knows, for a word of advice on one that is mistyped.</summary>
    private protected abstract IReadOnlyCollection<string> KnownStatuses { get; }

    /// <summary>The states that are asked for.</summary>
    private protected abstract string[] Statuses { get; }

    /// <summary>What is wanted beside names and states.</summary>
    private protected abstract ListFilter Wish { get; }

    /// <summary>Reads what is wanted and gives it on as the objects that users see.</summary>
    /// <returns>How many there were.</returns>
    private protected abstract Task<int> ReadAsync(
        StepOperatorConnection connection, ListFilter wish, Func<IEnumerable<object>, Task> write, CancellationToken cancellationToken);

    /// <summary>The failure of a look-up by name.</summary>
    private protected abstract Task<RunAiException> NotFoundAsync(
        StepOperatorConnection connection, string name, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _left = First;
        foreach (var status in Statuses.Where(name => !KnownStatuses.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            WriteWarning($"'{status}' is no status that this version knows. {Suggestion.For(status, KnownStatuses)}");
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var name in Names.TakeWhile(_ => _left > 0))
        {
            var given = 0;
            var failure = AwaitConnected(async (connection, context, token) =>
            {
                given = await ReadAsync(connection, WishFor(name), Write, token).ConfigureAwait(false);
                return given > 0 || WildcardPattern.ContainsWildcardCharacters(name)
                    ? null
                    : await NotFoundAsync(connection, name, token).ConfigureAwait(false);

                Task Write(IEnumerable<object> page) => context.Pump.CallAsync(() => WriteObject(page, enumerateCollection: true));
            });
            _left -= given;
            if (failure is not null)
            {
                WriteFailure(failure, name);
            }
        }
    }

    /// <summary>A name or pattern as the library takes it.</summary>
    private protected static NameFilter Pattern(string text) => new(text, new WildcardPattern(text, WildcardOptions.IgnoreCase).IsMatch);

    private ListFilter WishFor(string name) => Wish with
    {
        Name = Pattern(name),
        Statuses = [.. Statuses.Select(name =>
            KnownStatuses.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) ?? name)],
        Descending = Descending,
        Most = _left,
    };
}
