using System.Collections;
using System.Management.Automation;
using RunAi.PowerShell.Binding;
using RunAi.PowerShell.Pipeline;
using RunAi.Rest;

namespace RunAi.PowerShell.Commands;

/// <summary>
/// <para type="synopsis">Sends a request to any endpoint of the Run:ai API, with the session's token, patience and errors.</para>
/// <para type="description">The answer becomes objects: numbers, lists, nested objects, and times as DateTimeOffset. Requests that read,
/// PUT and DELETE are repeated when the control plane is in trouble; POST and PATCH are not, unless they surely were not accepted. The
/// token goes to the step operator's control plane only.</para>
/// </summary>
/// <example>
/// <para>Ask for something that no command gives</para>
/// <code test="emulator">Invoke-RunAiRestMethod /api/v1/workload-types</code>
/// <para>The answer comes back as an object with the API's property names.</para>
/// </example>
/// <example>
/// <para>Read a whole list, page by page</para>
/// <code test="emulator">Invoke-RunAiRestMethod /api/v1/workloads -Query @{ filterBy = 'phase==Failed'; sortBy = 'createdAt' } -All | Group-Object projectName</code>
/// <para>The failed workloads of all pages are counted for each project.</para>
/// </example>
/// <example>
/// <para>Create something</para>
/// <code>Invoke-RunAiRestMethod /api/v1/asset/compute -Method POST -Body @{ meta = @{ name = 'small'; scope = 'tenant' }; spec = @{ cpuCoreRequest = 1 } }</code>
/// <para>The new asset comes back as the API describes it. A request that creates is never repeated by itself.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "RunAiRestMethod", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject))]
public sealed class InvokeRestMethodCommand : OperatorCommand
{
    /// <summary>
    /// <para type="description">The endpoint's path, such as /api/v1/workloads; an address at another control plane is refused.</para>
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Uri")]
    public string Path { get; set; } = "";

    /// <summary><para type="description">The HTTP method; GET by default.</para></summary>
    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")]
    public string Method { get; set; } = "GET";

    /// <summary><para type="description">The query's parameters; lists are joined by commas, as the API wants them.</para></summary>
    [Parameter]
    public IDictionary? Query { get; set; }

    /// <summary><para type="description">The body: a hashtable, an object, a list, or JSON text.</para></summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Body { get; set; }

    /// <summary><para type="description">Follow the pages of a list, 500 rows each unless the query has a limit, and give the rows alone.
    /// Keep the rows in a variable before you delete what they name: a list that shrinks while it is read leaves some out.</para></summary>
    [Parameter]
    [Alias("Paged")]
    public SwitchParameter All { get; set; }

    /// <summary><para type="description">At most this many rows of a list; no more are asked for.</para></summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [InvariantNumber(Whole = true)]
    public int First { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    protected override object? CurrentTarget => Path;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        var method = new RestMethod
        {
            Method = Method.ToUpperInvariant(),
            Path = Path,
            Query = Query is null ? [] : [.. Pairs(Query)],
            Body = RestValues.ToPlain(Body),
        };
        var isList = All || MyInvocation.BoundParameters.ContainsKey(nameof(First));
        var baseUrl = ResolveOperator().RunAiBaseUrl;
        var request = RestClient.Prepare(method, new Uri(baseUrl));
        if (isList && method.Method != "GET")
        {
            throw RestJson.Invalid($"Only GET has pages. Leave -All and -First out of {method.Method}.", Path);
        }

        if (!method.IsReading && !ShouldProcess($"{baseUrl}{request.Path}", method.Method))
        {
            return;
        }

        AwaitConnected(async (connection, context, token) =>
        {
            var client = new RestClient(connection.Client);
            if (isList)
            {
                await client.EachAsync(request, First, rows => WriteAsync(context, rows), token).ConfigureAwait(false);
            }
            else if (await client.SendAsync(request, token).ConfigureAwait(false) is { } answer)
            {
                await WriteAsync(context, answer as object?[] ?? [answer]).ConfigureAwait(false);
            }

            return true;
        });
    }

    private static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary query)
    {
        foreach (DictionaryEntry entry in query)
        {
            yield return new KeyValuePair<string, object?>(entry.Key.ToString()!, RestValues.ToPlain(entry.Value));
        }
    }

    /// <summary>The next page waits until the pipeline took this one.</summary>
    private Task WriteAsync(CommandContext context, IReadOnlyList<object?> values) => context.Pump.CallAsync(() =>
    {
        foreach (var value in values)
        {
            WriteObject(RestValues.ToShell(value));
        }
    });
}
