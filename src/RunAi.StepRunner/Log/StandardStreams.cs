using System.Text;

namespace RunAi.StepRunner.Log;

/// <summary>The runner's own standard output and error. That nobody reads them any more harms nothing.</summary>
internal static class StandardStreams
{
    private static readonly Stream Output = Console.OpenStandardOutput();
    private static readonly Stream Errors = Console.OpenStandardError();

    public static void Write(bool toErrors, ReadOnlySpan<byte> bytes)
    {
        try
        {
            (toErrors ? Errors : Output).Write(bytes);
        }
        catch (IOException)
        {
            // Its reader has gone, or the disk it goes to is full; the stored log goes on.
        }
    }

    public static void Complain(string message) => Write(toErrors: true, Encoding.UTF8.GetBytes(message));
}
