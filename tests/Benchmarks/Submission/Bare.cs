// Compiled by Warm.ps1: what a submission cannot do without. A POST of its body, and two files of 1 KB that are on the disk when it is
// done.
using System;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

public sealed class Bare
{
    private readonly HttpClient _http = new HttpClient();
    private readonly string _folder;
    private readonly byte[] _kilobyte = new byte[1024];
    private readonly string _uri;
    private readonly string _before;
    private readonly string _after;
    private int _count;

    public Bare(string uri, string token, string body, string name, string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _uri = uri + "/api/v1/workloads/trainings";
        _http.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        var at = body.IndexOf(name, StringComparison.Ordinal);
        _before = body.Substring(0, at);
        _after = body.Substring(at + name.Length);
    }

    public void One(bool keeps) => OneAsync(keeps).GetAwaiter().GetResult();

    public void Many(int count, int atOnce, bool keeps) =>
        Parallel.ForEachAsync(
            new int[count], new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await OneAsync(keeps))
            .GetAwaiter().GetResult();

    private async Task OneAsync(bool keeps)
    {
        var number = Interlocked.Increment(ref _count);
        if (keeps) Keep(number + ".a");
        var body = new StringContent(_before + "bare-" + Environment.ProcessId + "-" + number + _after, Encoding.UTF8, "application/json");
        using (var answer = await _http.PostAsync(_uri, body))
        {
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }
        if (keeps) Keep(number + ".b");
    }

    private void Keep(string name)
    {
        using (var file = new FileStream(Path.Combine(_folder, name), FileMode.CreateNew))
        {
            file.Write(_kilobyte);
            file.Flush(true);
        }
    }
}
