using System.Management.Automation;
using System.Text;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Reports;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Writes a report of runs to one file: time line, use over time, advice, diagnosis, inputs, outputs, settings and
/// the end of the log.</para>
/// <para type="description">
/// The HTML page needs nothing from elsewhere and runs no script, so that it can be mailed or kept as a build's artifact; it is light or
/// dark as the reader's system is. Several runs are compared first. The run is brought up to date; nothing is done to its workload. What
/// cannot be read any more, as of a workload that was deleted, is named in the report. Values of environment variables are left out;
/// command lines and logs are shown as they are, without the secrets that RunAi itself has used. A file that is there is replaced.
/// </para>
/// </summary>
/// <example>
/// <para>Look at a run</para>
/// <code>Get-RunAiStepRun -First 1 | Export-RunAiReport -Show</code>
/// <para>The page runai-report-train-P6R1S8.html is written to the current folder, comes back as a file, and is opened in the
/// browser.</para>
/// </example>
/// <example>
/// <para>Compare the runs of a sweep</para>
/// <code test="emulator">Get-RunAiStepRun -StepName train | Export-RunAiReport -Path ./sweep.html</code>
/// <para>The file comes back. Its first part has the runs side by side.</para>
/// </example>
/// <example>
/// <para>Add a run to the summary of an Azure pipeline</para>
/// <code>$file = $run | Export-RunAiReport -Path ./run.md; Write-Host "##vso[task.uploadsummary]$($file.FullName)"</code>
/// <para>The report as Markdown is shown on the summary page of the pipeline's run.</para>
/// </example>
[Cmdlet(VerbsData.Export, "RunAiReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportReportCommand : RunCommand
{
    private const int IdEnding = 6;

    private readonly List<(RunIdentity Identity, string? Store)> _runs = [];

    /// <summary>
    /// <para type="description">The file, or a folder for runai-report-STEP-ID.html, or runai-report.html for several runs, in it; the
    /// current folder by default.</para>
    /// </summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = ".";

    /// <summary>
    /// <para type="description">Html, Markdown or Json; what the file's name ends in (.html, .md, .json) when it is left out, else
    /// Html.</para>
    /// </summary>
    [Parameter]
    [ValidateSet("Html", "Markdown", "Json")]
    public string? Format { get; set; }

    /// <summary><para type="description">How many of the last lines of the log to show, from 0 to 10000; 200 by default.</para></summary>
    [Parameter]
    [ValidateRange(0, 10_000)]
    [InvariantNumber(Whole = true)]
    public int LogTail { get; set; } = 200;

    /// <summary>
    /// <para type="description">Opens the report when it is written: in the browser, or in what opens its kind of file.</para>
    /// </summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <summary><para type="description">Leaves a file that is there alone, with an error.</para></summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    private protected override void ProcessRun(RunIdentity identity) => _runs.Add((identity, RecordStore(identity)));

    /// <inheritdoc/>
    protected override void ProcessEnd()
    {
        var reports = Await((context, token) => ReadAsync(context, token));
        if (reports.Count == 0)
        {
            return;
        }

        var file = Target(reports);
        if (NoClobber && File.Exists(file))
        {
            throw new RunAiException(
                ErrorIds.ReportNotWritten, $"'{file}' exists, and -NoClobber leaves it alone. Name another file with -Path.")
            {
                Target = file,
            };
        }

        if (ShouldProcess(file, $"Write the report of {(reports.Count == 1 ? $"run {reports[0].Run.RunId}" : $"{reports.Count} runs")}"))
        {
            Write(file, ReportWriter.Write(reports, FormatOf(file), Session.Time.GetUtcNow()));
            WriteObject(new FileInfo(file));
            if (Show)
            {
                DesktopBrowser.Open(file, "The report is in");
            }
        }
    }

    /// <summary>
    /// The reports in the order in which the runs were given. A run that is not found is an error of its own, and the others go on.
    /// </summary>
    private async Task<IReadOnlyList<RunReport>> ReadAsync(CommandContext context, CancellationToken token)
    {
        var reader = new RunReportReader(context.Services, OperatorChoice) { LogLines = LogTail };
        var read = await Concurrently.SelectAsync(_runs, async item =>
        {
            try
            {
                return await reader.ReadAsync(item.Identity.RunId, item.Identity.Run, item.Store, token).ConfigureAwait(false);
            }
            catch (RunAiException failure)
            {
                context.Pump.Post(() => WriteFailure(failure, item.Identity.RunId));
                return null;
            }
        }).ConfigureAwait(false);
        return [.. read.OfType<RunReport>()];
    }

    private string Target(IReadOnlyList<RunReport> reports)
    {
        var full = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        return Directory.Exists(full)
            ? System.IO.Path.Combine(full, NameOf(reports) + ReportWriter.EndingOf(Given ?? ReportFormat.Html))
            : full;
    }

    private static string NameOf(IReadOnlyList<RunReport> reports)
    {
        if (reports.Count > 1)
        {
            return "runai-report";
        }

        var (id, step) = (reports[0].Run.RunId, reports[0].Run.StepName);
        var name = new string([.. step.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')]);
        return $"runai-report-{name}-{(id.Length > IdEnding ? id.Substring(id.Length - IdEnding) : id)}";
    }

    private ReportFormat? Given => Enum.TryParse<ReportFormat>(Format, ignoreCase: true, out var given) ? given : null;

    private ReportFormat FormatOf(string file) => Given ?? ReportWriter.FormatOf(file) ?? ReportFormat.Html;

    private static void Write(string file, string text)
    {
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new RunAiException(ErrorIds.ReportNotWritten, $"The report cannot be written to '{file}': {e.Message}", e)
            {
                Target = file,
            };
        }
    }
}
