using System.Management.Automation.Host;
using System.Security;

namespace RunAi.PowerShell.Pipeline;

/// <summary>Asks whoever sits before the host. Where nobody can answer there is no answer.</summary>
internal sealed class HostQuestions
{
    private const int MostAnswers = 3;

    private readonly PSHostUserInterface _ui;
    private readonly Action<string> _warn;

    /// <param name="ui">Shows questions and reads answers.</param>
    /// <param name="warn">Gets what is wrong with an answer.</param>
    public HostQuestions(PSHostUserInterface ui, Action<string> warn) => (_ui, _warn) = (ui, warn);

    /// <summary>What the user types; empty for nothing. An answer that cannot be right is asked for again, twice at the most.</summary>
    /// <param name="question">The question, without a mark at its end.</param>
    /// <param name="flaw">Tells what is wrong with an answer; null for nothing.</param>
    public string Ask(string question, Func<string, string?>? flaw = null)
    {
        for (var number = 1; ; number++)
        {
            var answer = Read(question, ui => ui.ReadLine())?.Trim() ?? "";
            if (number == MostAnswers || answer.Length == 0 || flaw?.Invoke(answer) is not { } wrong)
            {
                return answer;
            }

            _warn(wrong);
        }
    }

    /// <summary>A secret that the user types, which is not shown; null where nobody can answer.</summary>
    /// <param name="question">The question, without a mark at its end.</param>
    public SecureString? AskSecret(string question) => Read(question, ui => ui.ReadLineAsSecureString());

    private T? Read<T>(string question, Func<PSHostUserInterface, T> read)
        where T : class
    {
        try
        {
            _ui.Write($"{question}: ");
            return read(_ui);
        }
        catch (Exception unasked)
            when (unasked is InvalidOperationException or HostException or NotImplementedException or NotSupportedException)
        {
            return null;
        }
    }
}
