using System.Management.Automation;
using RunAi.Images;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Tries each component of a stack for real, one line for each check.</para>
/// <para type="description">
/// The step operator is checked as Test-RunAiStepOperator does. In the artifact store a small object is written, read and deleted. The
/// container registry has to take a blob of two bytes that belongs to no image. With -Quiet only true or false is returned.
/// </para>
/// </summary>
/// <example>
/// <para>Try a stack</para>
/// <code test="emulator">Test-RunAiStack prod</code>
/// <para>One object comes back for each check, with the component, Passed and a message.</para>
/// </example>
/// <example>
/// <para>Show only what failed</para>
/// <code test="emulator">if (-not (Test-RunAiStack -Quiet)) { Test-RunAiStack | Where-Object Passed -EQ $false }</code>
/// <para>Each failed check of the active stack comes back, or nothing.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "RunAiStack")]
[OutputType(typeof(StackCheck), typeof(bool))]
public sealed class TestStackCommand : RunAiCommand
{
    /// <summary><para type="description">The stack; the active one when it is left out.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string? Name { get; set; }

    /// <summary><para type="description">Gives only true or false.</para></summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var stack = Configuration.StackResolver.Resolve(Name, null);
        if (!stack.IsRegistered)
        {
            throw StackErrors.NoneActive(Configuration.Stacks.Get());
        }

        var checks = Await(async (context, token) =>
        {
            using var hosts = new RegistryHosts(Session.Registries, context.Services.RegistryCredentials, context.Log);
            return await new StackProbe(stack, context.ConnectAsync, context.OpenAsync, hosts, context.Services.Time)
                .CheckAsync(token).ConfigureAwait(false);
        });
        if (Quiet)
        {
            WriteObject(checks.All(check => check.Passed));
        }
        else
        {
            WriteObject(checks, enumerateCollection: true);
        }
    }
}
