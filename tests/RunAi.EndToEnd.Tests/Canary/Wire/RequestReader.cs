using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace RunAi.EndToEnd.Tests.Canary.Wire;

/// <summary>Takes requests out of the bytes of one connection (RFC 9112): lines, headers, and bodies by length or in chunks.</summary>
internal sealed class RequestReader
{
    private readonly List<byte> _buffer = [];
    private int _position;

    /// <summary>Adds bytes that came, and gives the requests that are whole now.</summary>
    public IReadOnlyList<RecordedRequest> Add(ReadOnlySpan<byte> bytes)
    {
        _buffer.AddRange(bytes);
        var whole = new List<RecordedRequest>();
        while (TryRead(CollectionsMarshal.AsSpan(_buffer)) is { } request)
        {
            whole.Add(request);
        }

        return whole;
    }

    private RecordedRequest? TryRead(ReadOnlySpan<byte> all)
    {
        var rest = all[_position..];
        var end = rest.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var lines = Encoding.ASCII.GetString(rest[..end]).Split("\r\n");
        var head = new RecordedRequest(lines[0], lines[1..], []);
        var start = end + 4;
        if (head.Header("Transfer-Encoding") == "chunked")
        {
            return Chunks(rest[start..]) is var (body, used) && body is not null ? Take(head with { Body = body }, start + used) : null;
        }

        var length = int.Parse(head.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        return rest.Length < start + length ? null : Take(head with { Body = rest.Slice(start, length).ToArray() }, start + length);
    }

    private RecordedRequest Take(RecordedRequest request, int used)
    {
        _position += used;
        return request;
    }

    private static (byte[]? Body, int Used) Chunks(ReadOnlySpan<byte> rest)
    {
        using var body = new MemoryStream();
        for (var at = 0; ;)
        {
            var line = rest[at..].IndexOf("\r\n"u8);
            if (line < 0)
            {
                return (null, 0);
            }

            var size = int.Parse(
                Encoding.ASCII.GetString(rest.Slice(at, line)).Split(';')[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            at += line + 2;
            if (rest.Length < at + size + 2)
            {
                return (null, 0);
            }

            body.Write(rest.Slice(at, size));
            at += size + 2;
            if (size == 0)
            {
                return (body.ToArray(), at);
            }
        }
    }
}
