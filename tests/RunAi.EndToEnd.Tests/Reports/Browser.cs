using System.Diagnostics;
using System.Net;
using System.Text.Json;
using RunAi.Tests;

namespace RunAi.EndToEnd.Tests.Reports;

/// <summary>Opens pages in a real browser without a window: Chromium as Debian has it.</summary>
internal sealed class Browser : IDisposable
{
    private const string Program = "chromium-headless-shell";

    private readonly TemporaryFolder _folder = new();

    public Browser() => Peers.Require(Program);

    public void Dispose() => _folder.Dispose();

    /// <summary>What a page is once it is shown in a frame of a width, and its script if it had any had run.</summary>
    public PageFacts Look(string page, int width, bool isDark)
    {
        // The page stands in a frame of a page of ours, whose script looks at it: it may run none itself.
        var harness = _folder["harness.html"];
        File.WriteAllText(harness, $$"""
            <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
            <iframe id="f" style="border:0;width:{{width}}px;height:800px" srcdoc="{{WebUtility.HtmlEncode(page)}}"></iframe>
            <pre id="facts"></pre>
            <script>
              window.onload = () => {
                const d = document.getElementById('f').contentDocument, all = [...d.querySelectorAll('*')];
                document.getElementById('facts').textContent = JSON.stringify({
                  title: d.title,
                  text: d.body.innerText,
                  foreign: all.filter(e => ['SCRIPT','IMG','IFRAME','OBJECT','EMBED','LINK','FORM','AUDIO','VIDEO'].includes(e.tagName.toUpperCase())).length,
                  handlers: all.filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
                  width: d.documentElement.scrollWidth,
                  background: d.defaultView.getComputedStyle(d.body).backgroundColor,
                  curves: d.querySelectorAll('path.curve').length,
                  bars: [...d.querySelectorAll('.strip rect')].filter(r => r.getBoundingClientRect().width > 0).length,
                  loaded: d.defaultView.performance.getEntriesByType('resource').length,
                });
              };
            </script>
            """);
        var dom = Run(isDark, "--allow-file-access-from-files", "--window-size=1400,1000", "--dump-dom", new Uri(harness).AbsoluteUri);
        const string Before = "<pre id=\"facts\">";
        var from = dom.LastIndexOf(Before, StringComparison.Ordinal) + Before.Length;
        var facts = WebUtility.HtmlDecode(dom[from..dom.IndexOf("</pre>", from, StringComparison.Ordinal)]);
        return JsonSerializer.Deserialize<PageFacts>(facts, JsonSerializerOptions.Web)!;
    }

    /// <summary>Takes a picture of a page.</summary>
    public void Photograph(string page, string picture, int width, int height, bool isDark)
    {
        var file = _folder["page.html"];
        File.WriteAllText(file, page);
        Run(isDark, $"--window-size={width},{height}", $"--screenshot={picture}", new Uri(file).AbsoluteUri);
    }

    private string Run(bool isDark, params string[] arguments) => Peers.Run(new ProcessStartInfo(Program, [
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        $"--user-data-dir={_folder["profile"]}",
        $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}",
        .. arguments]));
}
