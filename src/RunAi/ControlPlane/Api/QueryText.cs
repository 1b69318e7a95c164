using System.Globalization;
using System.Text;

namespace RunAi.ControlPlane;

/// <summary>Builds the query of a request: parameters in the order they are added, absent ones left out.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _text = new();

    public QueryText Add(string name, string? value) => AddEncoded(name, value is null ? null : Uri.EscapeDataString(value));

    public QueryText Add(string name, int? value) => AddEncoded(name, value?.ToString(CultureInfo.InvariantCulture));

    /// <summary>Adds a value that is percent-encoded already.</summary>
    public QueryText AddEncoded(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(value);
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
