using System.Management.Automation;
using RunAi.PowerShell.Documents;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Reads steps from files that Export-RunAiStep or a person wrote.</para>
/// <para type="description">A .psd1 or .json file holds one step, under the names of New-RunAiStep's parameters; settings may have ZenML's
/// names. Nothing of a file is run. Relative paths are taken from the file's folder, and all that is wrong is told at once.</para>
/// </summary>
/// <example>
/// <para>Run a step of a file</para>
/// <code test="emulator">Import-RunAiStep ./train.psd1 | Invoke-RunAiStep</code>
/// <para>The finished run comes back.</para>
/// </example>
/// <example>
/// <para>Submit all steps of a folder</para>
/// <code test="emulator">Get-ChildItem ./steps/*.psd1 | Import-RunAiStep | Submit-RunAiStep</code>
/// <para>One run comes back for each file.</para>
/// </example>
[Cmdlet(VerbsData.Import, "RunAiStep")]
[OutputType(typeof(Step))]
public sealed class ImportStepCommand : RunAiCommand
{
    /// <summary><para type="description">The file, .psd1 or .json; a folder stands for all of them in it.</para></summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public string[] Path { get; set; } = [];

    /// <inheritdoc/>
    protected override object? CurrentTarget => Path.FirstOrDefault();

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (var path in Path)
        {
            var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);
            foreach (var file in Directory.Exists(full) ? StepFile.In(full) : [full])
            {
                WriteObject(StepFile.Read(file));
            }
        }
    }
}
