using System.Text;

namespace RunAi.Content;

/// <summary>
/// The records of an extended header (IEEE 1003.1, pax): <c>LENGTH KEY=VALUE\n</c>, the length counting the whole record in bytes.
/// </summary>
internal static class PaxRecords
{
    /// <summary>Puts the records into a map; a later one of the same key counts.</summary>
    /// <exception cref="InvalidDataException">They have another form.</exception>
    public static void Read(byte[] bytes, Dictionary<string, string> into)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var blank = Array.IndexOf(bytes, (byte)' ', at);
            var length = blank < 0 ? 0 : Length(bytes, at, blank);
            var end = at + length - 1;
            var equals = length > 0 && end < bytes.Length && bytes[end] == '\n'
                ? Array.IndexOf(bytes, (byte)'=', blank + 1, Math.Max(0, end - blank - 1))
                : -1;
            if (equals < 0)
            {
                throw new InvalidDataException("An extended header holds a record of another form than 'LENGTH KEY=VALUE'.");
            }

            into[Encoding.UTF8.GetString(bytes, blank + 1, equals - blank - 1)] = Encoding.UTF8.GetString(
                bytes, equals + 1, end - equals - 1);
            at = end + 1;
        }
    }

    /// <summary>Zero for what is no length.</summary>
    private static int Length(byte[] bytes, int from, int to)
    {
        const int MostDigits = 7;
        var value = 0;
        for (var at = from; at < to; at++)
        {
            if (bytes[at] is < (byte)'0' or > (byte)'9' || to - from > MostDigits)
            {
                return 0;
            }

            value = (value * 10) + (bytes[at] - '0');
        }

        return value;
    }
}
