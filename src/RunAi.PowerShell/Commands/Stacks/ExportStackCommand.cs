using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.Stacks;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes stacks with their components to a runai.json that is committed to a repository.</para>
/// <para type="description">
/// The file holds references to secrets, never a secret, and is the same text for the same stacks. Folders below the file's are written
/// relative to it. Import-RunAiStack reads it.
/// </para>
/// </summary>
/// <example>
/// <para>Write the active stack</para>
/// <code test="emulator">Export-RunAiStack</code>
/// <para>The file runai.json in the current folder comes back.</para>
/// </example>
/// <example>
/// <para>Write all stacks to another place</para>
/// <code test="emulator">Get-RunAiStack | Export-RunAiStack -Path ./pipelines/runai.json -Force</code>
/// <para>The file comes back. What it held before is replaced.</para>
/// </example>
[Cmdlet(VerbsData.Export, "RunAiStack", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportStackCommand : RunAiCommand
{
    private readonly List<string> _names = [];

    /// <summary><para type="description">The stacks; the active one when they are left out.</para></summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(StackNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary><para type="description">The file, or a folder for a runai.json in it; the current folder by default.</para></summary>
    [Parameter(Position = 1)]
    public string Path { get; set; } = ".";

    /// <summary><para type="description">Replaces a file that holds something else.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Path;

    /// <inheritdoc/>
    protected override bool FailuresAreNonTerminating => false;

    /// <inheritdoc/>
    protected override void ProcessInput() => _names.AddRange(Name);

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        var own = Session.ConfigurationFile;
        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        var target = new StackFile(Directory.Exists(full) ? System.IO.Path.Combine(full, StackFile.FileName) : full);
        var stacks = StackImportExport.PlanExport(own, _names, target);
        if (ShouldProcess(target.Location, $"Write the {(stacks.Count == 1 ? "stack" : "stacks")} {string.Join(", ", stacks)}"))
        {
            var isNew = StackImportExport.Export(own, _names, target, Force);
            WriteVerbose(isNew ? $"Wrote {target.Location}" : $"{target.Location} says so already.");
            WriteObject(new FileInfo(target.Location));
        }
    }
}
