using System.Management.Automation;
using System.Text;
using RunAi.PowerShell.Documents;
using RunAi.Steps.Documents;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes steps to files, to be committed beside their code and read by Import-RunAiStep.</para>
/// <para type="description">A .psd1 or .json file holds one step, under the names of New-RunAiStep's parameters. Files and folders below
/// the file's folder are written relative to it. References to secrets stay references; a script block cannot be written.</para>
/// </summary>
/// <example>
/// <para>Write a step beside its code</para>
/// <code test="emulator">New-RunAiStep train -Source ./src -BaseImage python:3.12-slim -Command python, train.py | Export-RunAiStep ./train.psd1</code>
/// <para>The file train.psd1 comes back.</para>
/// </example>
/// <example>
/// <para>Write several steps to a folder</para>
/// <code test="emulator">$steps | Export-RunAiStep ./steps -Force   # a folder: one NAME.psd1 for each</code>
/// <para>One file comes back for each step, under the step's name.</para>
/// </example>
[Cmdlet(VerbsData.Export, "RunAiStep", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportStepCommand : RunAiCommand
{
    private readonly HashSet<string> _written = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// <para type="description">The file, .psd1 or .json, or a folder for NAME.psd1 of each step; the current folder by default.</para>
    /// </summary>
    [Parameter(Position = 0)]
    public string Path { get; set; } = ".";

    /// <summary><para type="description">A step made by New-RunAiStep.</para></summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("InputObject")]
    public Step? Step { get; set; }

    /// <summary><para type="description">Replaces a file that holds something else.</para></summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override object? CurrentTarget => Step?.Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        var file = Directory.Exists(full) ? System.IO.Path.Combine(full, Step!.Name + ".psd1") : full;
        var table = StepDocument.Write(Step!, System.IO.Path.GetDirectoryName(file)!);
        var text = StepFile.IsJson(file) ? StepDocument.ToJson(table) : DataFile.Write(table);
        if (!_written.Add(file))
        {
            throw new RunAiException(
                ErrorIds.InvalidStepDocument,
                $"'{file}' was written for another step just now. A file holds one step: name a folder for several.")
            {
                Target = file,
            };
        }

        var isSame = File.Exists(file) && File.ReadAllText(file) == text;
        if (!isSame && File.Exists(file) && !Force)
        {
            throw new RunAiException(ErrorIds.InvalidStepDocument, $"'{file}' holds something else. Replace it with -Force.")
            {
                Target = file,
            };
        }

        if (ShouldProcess(file, $"Write the step {Step!.Name}"))
        {
            if (!isSame)
            {
                // Windows PowerShell reads a data file without a mark in the system's code page.
                File.WriteAllText(file, text, new UTF8Encoding(
                    encoderShouldEmitUTF8Identifier: !StepFile.IsJson(file) && text.Any(letter => letter > 127)));
            }

            WriteObject(new FileInfo(file));
        }
    }
}
