namespace RunAi;

/// <summary>A script block that a step runs under <c>pwsh</c> in its image, with what it is given there.</summary>
public sealed class StepScript
{
    /// <param name="text">The block's text.</param>
    /// <param name="given">The text, the arguments and the values of <c>$using:</c> expressions, as CLIXML.</param>
    internal StepScript(string text, string given)
    {
        Text = text;
        Given = given;
    }

    /// <summary>The block's text as it was written, without its braces.</summary>
    public string Text { get; }

    /// <summary>What the container reads.</summary>
    internal string Given { get; }

    /// <summary>The block's text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Text;
}
