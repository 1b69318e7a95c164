using System.Management.Automation;
using System.Security;

namespace RunAi.Quickstart.Hosting;

/// <summary>Asks the user, and says so when there is nobody to ask.</summary>
internal sealed class Keyboard(Terminal terminal)
{
    /// <summary>Asks for a line of text.</summary>
    /// <exception cref="PSInvalidOperationException">Standard input has ended.</exception>
    public string Ask(string question)
    {
        terminal.Write(question);
        return Console.ReadLine() ?? throw Nobody();
    }

    /// <summary>Asks for a line that is not shown while it is typed.</summary>
    /// <exception cref="PSInvalidOperationException">Standard input has ended.</exception>
    public SecureString AskSecret(string question)
    {
        terminal.Write(question);
        var secret = Console.IsInputRedirected ? FromStream() : FromKeys();
        secret.MakeReadOnly();
        return secret;
    }

    private static SecureString FromStream()
    {
        var secret = new SecureString();
        foreach (var letter in Console.ReadLine() ?? throw Nobody())
        {
            secret.AppendChar(letter);
        }

        return secret;
    }

    private SecureString FromKeys()
    {
        var secret = new SecureString();
        for (var key = Console.ReadKey(intercept: true);
            key.Key != ConsoleKey.Enter;
            key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
            {
                secret.RemoveAt(secret.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        terminal.WriteLine();
        return secret;
    }

    private static PSInvalidOperationException Nobody() => new(
        "A question was asked and standard input has ended. Give every mandatory parameter, and -Confirm:$false where you mean it.");
}
