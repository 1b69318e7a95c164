using System.Management.Automation;
using RunAi.Configuration;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Registers the stacks of a runai.json and their components.</para>
/// <para type="description">
/// Without -Path the file is looked for in the current folder and those above it. What is registered with the same content stays as it is;
/// other content under the same name is an error without -Force, and then nothing is changed. -WhatIf tells what would change. The first
/// stack becomes the active one when none is.
/// </para>
/// </summary>
/// <example>
/// <para>See what would be registered</para>
/// <code test="emulator">Import-RunAiStack -WhatIf</code>
/// <para>Each change is told in a what-if message, for the stack and for each component. Nothing is changed.</para>
/// </example>
/// <example>
/// <para>Register the stacks of a repository and work with the first</para>
/// <code test="emulator">Import-RunAiStack | Use-RunAiStack</code>
/// <para>The stack comes back, as the active one.</para>
/// </example>
/// <example>
/// <para>Replace what is registered under the same names</para>
/// <code test="emulator">Import-RunAiStack ./pipelines/runai.json -Force</code>
/// <para>The stacks of the file come back.</para>
/// </example>
[Cmdlet(VerbsData.Import, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(RunAi.Stack))]
public sealed class ImportStackCommand : RunAiCommand
{
    /// <summary>
    /// <para type="description">The file, or the folder it is in; found upward from the current folder when it is left out.</para>
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public string? Path { get; set; }

    /// <summary><para type="description">Replaces what has other content.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Path;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var configuration = Session.ConfigurationFile;
        var file = Source(configuration);
        var planned = StackImportExport.PlanImport(file, configuration, Force);
        var changed = planned.SelectMany(change => change.Changed).ToArray();
        var isSame = changed.Length == 0;
        if (isSame)
        {
            WriteVerbose($"All of {file.Location} is registered already.");
        }
        else if (!ShouldProcess(file.Location, $"Import {string.Join(", ", changed)}"))
        {
            return;
        }

        var done = isSame ? planned : Await((_, token) => StackImportExport.ImportAsync(file, configuration, Force, token));
        foreach (var change in done)
        {
            foreach (var words in change.Changed)
            {
                WriteVerbose($"Registered: {words}");
            }

            WriteObject(change.Stack);
        }
    }

    private StackFile Source(ConfigurationFile configuration)
    {
        if (string.IsNullOrEmpty(Path))
        {
            return StackFile.FindUpward(SessionState.Path.CurrentFileSystemLocation.ProviderPath, configuration.Location);
        }

        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        return new StackFile(Directory.Exists(full) ? System.IO.Path.Combine(full, StackFile.FileName) : full);
    }
}
