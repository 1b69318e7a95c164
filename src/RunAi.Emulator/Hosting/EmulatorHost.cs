using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using RunAi.Emulator.Admin;
using RunAi.Emulator.Api;
using RunAi.Emulator.Api.Wire;
using RunAi.Emulator.ClusterApi;
using RunAi.Emulator.CommandLine;
using RunAi.Emulator.Faults;
using RunAi.Emulator.Recording;
using RunAi.Emulator.Security;
using RunAi.Emulator.Seeding;
using RunAi.Emulator.State;

namespace RunAi.Emulator.Hosting;

/// <summary>A running emulator: the world, and the web server before it.</summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StateFile? _state;

    private EmulatorHost(WebApplication app, ControlPlane controlPlane, StateFile? state, StartLine line) =>
        (_app, ControlPlane, _state, Line) = (app, controlPlane, state, line);

    public ControlPlane ControlPlane { get; }

    public StartLine Line { get; }

    /// <exception cref="OptionException">The seed or the state cannot be used.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<EmulatorHost> StartAsync(EmulatorOptions options, Seed seed, TimeProvider time)
    {
        var kept = options.StatePath is { } path ? StateFile.Read(path) : null;
        var plane = new ControlPlane(seed, options, time);
        try
        {
            await plane.Executor.OpenAsync().ConfigureAwait(false);
        }
        catch
        {
            await plane.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        if (kept is not null)
        {
            plane.Restore(kept);
        }

        var secret = seed.Credentials.ClientSecret ?? TokenIssuer.NewSecret();
        var issuer = new TokenIssuer(
            seed.Credentials.ClientId, secret, TimeSpan.FromSeconds(seed.TokenLifetimeSeconds), plane.Clock);
        var app = Build(options, plane, issuer);
        var state = options.StatePath is null
            ? null
            : new StateFile(options.StatePath, plane, time, app.Services.GetRequiredService<ILogger<StateFile>>());
        try
        {
            await app.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await plane.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var uri = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new EmulatorHost(app, plane, state, new StartLine(uri, issuer.ClientId, secret, seed.DefaultProject ?? "demo"));
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        // The state is written before the processes are killed: they were running when the emulator ended.
        if (_state is not null)
        {
            await _state.DisposeAsync().ConfigureAwait(false);
        }

        await ControlPlane.DisposeAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(EmulatorOptions options, ControlPlane plane, TokenIssuer issuer)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // Its complaints are about answers that fault rules spoil on purpose.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Critical);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.AddServerHeader = false;
        });
        builder.Services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
        if (options.ParentProcessId is not null)
        {
            builder.Services.AddSingleton(options);
            builder.Services.AddSingleton<IHostLifetime, ParentLifetime>();
        }

        builder.Services.AddSingleton(plane);
        builder.Services.AddSingleton(plane.Clock);
        builder.Services.AddSingleton<TimeProvider>(plane.Clock);
        builder.Services.AddSingleton(issuer);
        builder.Services.AddSingleton<FaultStore>();
        builder.Services.AddSingleton<RequestLog>();

        var app = builder.Build();
        app.UseMiddleware<RecordingMiddleware>();
        app.UseMiddleware<KeepingMiddleware>();
        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<ApiGate>();
        if (options.ApiVersion != ApiVersion.OfTheDocument)
        {
            app.UseMiddleware<VersionMiddleware>(options.ApiVersion);
        }

        app.UseWebSockets();
        app.UseRouting();
        app.MapToken(options.ApiVersion);
        app.MapTrainings();
        app.MapWorkloads();
        app.MapWorkloadTelemetry();
        app.MapPods();
        app.MapMetrics();
        app.MapProjects();
        app.MapProjectTelemetry();
        app.MapDepartments();
        app.MapClusters();
        app.MapNodePools();
        app.MapNodes();
        app.MapNodeTelemetry();
        app.MapPriorities();
        app.MapWorkloadTypes();
        app.MapPolicies();
        app.MapTemplates();
        app.MapEmptyLists();
        app.MapClusterApi();
        app.MapAdmin();
        app.MapFallback((HttpContext context) => ApiError.NotFound($"The emulator has no {context.Request.Path}."));
        return app;
    }
}
