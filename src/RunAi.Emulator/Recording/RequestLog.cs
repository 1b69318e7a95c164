using System.Text.Json;

namespace RunAi.Emulator.Recording;

/// <summary>The requests to the API in the order they were answered. The oldest go after 200,000.</summary>
internal sealed class RequestLog(TimeProvider clock)
{
    private const int Most = 200_000;
    private readonly Lock _lock = new();
    private readonly Queue<RequestRecord> _records = new();
    private long _sequence;

    /// <summary>Status 0 stands for a connection that was dropped.</summary>
    public void Add(string requestId, string method, string path, string query, int status, string? fault, JsonElement? body)
    {
        lock (_lock)
        {
            _records.Enqueue(new(++_sequence, clock.GetUtcNow(), requestId, method, path, query, status, fault, body));
            if (_records.Count > Most)
            {
                _records.Dequeue();
            }
        }
    }

    public IReadOnlyList<RequestRecord> Since(long sequence)
    {
        lock (_lock)
        {
            return [.. _records.Where(record => record.Sequence > sequence)];
        }
    }
}
