using System.Management.Automation;
using System.Management.Automation.Host;
using RunAi.Redaction;
using RunAi.Watching;

namespace RunAi.PowerShell.Pipeline;

/// <summary>
/// Shows workloads as one table that is drawn again in its place; where there is no terminal, as a line for each change of a phase. To be
/// used on the pipeline thread.
/// </summary>
internal sealed class WorkloadWatchView
{
    private static readonly string[] Tags = ["PSHOST", "RunAi.Watch"];

    private readonly Cmdlet _command;
    private readonly PSHostUserInterface _ui;
    private readonly SessionEnvironment _session;
    private readonly Dictionary<string, string> _phases = new(StringComparer.Ordinal);
    private int _drawn;

    public WorkloadWatchView(Cmdlet command, PSHostUserInterface ui, SessionEnvironment session) =>
        (_command, _ui, _session) = (command, ui, session);

    private bool IsTerminal => _ui.SupportsVirtualTerminal && _session.ShowsProgress() && !_session.IsUnderAzureDevOps;

    public void Show(IReadOnlyList<Workload> workloads, Func<string, double?> useOf)
    {
        if (IsTerminal)
        {
            Draw(workloads, useOf);
        }
        else
        {
            Tell(workloads);
        }
    }

    private void Draw(IReadOnlyList<Workload> workloads, Func<string, double?> useOf)
    {
        var (width, height) = (_ui.RawUI.BufferSize.Width, _ui.RawUI.WindowSize.Height);
        var table = new WorkloadTable(width, string.IsNullOrEmpty(_session.Variable("NO_COLOR")), useOf);
        var lines = table.Draw(workloads, Math.Max(3, height - 3));
        var back = _drawn == 0 ? "" : $"\x1b[{_drawn}F\x1b[J";
        _ui.Write(back + string.Concat(lines.Select(line => line + "\n")));
        _drawn = lines.Count;
    }

    private void Tell(IReadOnlyList<Workload> workloads)
    {
        foreach (var workload in workloads.Where(workload => !_phases.TryGetValue(workload.WorkloadId, out var phase)
            || phase != workload.Phase))
        {
            _phases[workload.WorkloadId] = workload.Phase;
            var line = $"{_session.Time.GetLocalNow():HH:mm:ss} {AgentCommand.Break(WorkloadTable.Describe(workload))}";
            _command.WriteInformation(new HostInformationMessage { Message = line }, Tags);
        }
    }
}
