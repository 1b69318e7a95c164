using Newtonsoft.Json;

namespace RunAi.Json;

/// <summary>Writes floating-point numbers with the same characters on every edition; else as Newtonsoft does.</summary>
internal sealed class ExactJsonWriter : JsonTextWriter
{
    public ExactJsonWriter(TextWriter text)
        : base(text)
    {
    }

    public override void WriteValue(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            base.WriteValue(value);
        }
        else
        {
            WriteRawValue(WithPoint(ShortestNumber.Text(value)));
        }
    }

    public override void WriteValue(double? value)
    {
        if (value is { } number)
        {
            WriteValue(number);
        }
        else
        {
            WriteNull();
        }
    }

    public override void WriteValue(float value)
    {
        if (float.IsNaN(value) || float.IsInfinity(value))
        {
            base.WriteValue(value);
        }
        else
        {
            WriteRawValue(WithPoint(ShortestNumber.Text(value)));
        }
    }

    public override void WriteValue(float? value)
    {
        if (value is { } number)
        {
            WriteValue(number);
        }
        else
        {
            WriteNull();
        }
    }

    /// <summary>Newtonsoft's mark of a number that is no integer.</summary>
    private static string WithPoint(string number) => number.IndexOfAny(['.', 'E']) < 0 ? number + ".0" : number;
}
