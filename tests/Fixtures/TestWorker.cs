using System.Reflection;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dunning.Tests.Fixtures;

/// <summary>
/// The Functions worker without its connection to the Functions host, with all functions of the app. The test sends
/// what the host sends for a message of a queue. The worker's messages and their handlers are internal to it: messages
/// are written as JSON, handlers are called by reflection.
/// </summary>
internal sealed class TestWorker : IDisposable
{
    private static readonly Assembly _worker = typeof(FunctionDefinition).Assembly;
    private static readonly Assembly _grpc = Assembly.Load("Microsoft.Azure.Functions.Worker.Grpc");

    /// <summary>What the worker tells the host about the functions, and the host sends back to load them.</summary>
    private static readonly JsonElement _functions = JsonElement.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "functions.metadata"))
    );

    private readonly IHost _host;

    public TestWorker(Action<FunctionsApplicationBuilder> configure)
    {
        _host = Build(builder =>
        {
            configure(builder);
            // The entry assembly of the app registers it: here that is the test host.
            builder.Services.AddSingleton<IFunctionExecutor, FunctionsGenerated.DirectFunctionExecutor>();
        });
        foreach (var function in _functions.EnumerateArray())
            Load(function);
    }

    public IServiceProvider Services => _host.Services;

    public static IHost Build(Action<FunctionsApplicationBuilder> configure)
    {
        // The Functions host sets it.
        Environment.SetEnvironmentVariable("FUNCTIONS_APPLICATION_DIRECTORY", AppContext.BaseDirectory);
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        configure(builder);
        builder.Logging.ClearProviders();
        // It would connect to the Functions host.
        builder.Services.Remove(
            builder.Services.Single(service => service.ImplementationType?.Name == "WorkerHostedService")
        );
        return builder.Build();
    }

    /// <summary>
    /// Runs the function of a queue. The text of the message is in the metadata of the trigger
    /// (<c>QueueTriggerBinding.CreateBindingData</c> of azure-sdk-for-net); the input of a function that takes an
    /// object is JSON that the host has parsed and written anew.
    /// </summary>
    /// <returns>The exception's message; null when the function succeeded.</returns>
    public Task<string?> ReceiveAsync(string queue, string message)
    {
        var (function, trigger) = Find(
            (_, binding) => binding.TryGetProperty("queueName", out var name) && name.ValueEquals(queue)
        );
        object input = trigger.TryGetProperty("dataType", out _)
            ? new { @string = message }
            : new { json = JsonSerializer.Serialize(JsonElement.Parse(message)) };
        return InvokeAsync(function, trigger, input, new { QueueTrigger = new { @string = message } });
    }

    /// <returns>The exception's message; null when the function succeeded.</returns>
    public Task<string?> RunTimerAsync(string name)
    {
        var (function, trigger) = Find((function, _) => function.GetProperty("name").ValueEquals(name));
        return InvokeAsync(function, trigger, new { json = """{"IsPastDue":false}""" }, new { });
    }

    public void Dispose() => _host.Dispose();

    private static (JsonElement Function, JsonElement Binding) Find(Func<JsonElement, JsonElement, bool> isIt) =>
        (
            from function in _functions.EnumerateArray()
            from binding in function.GetProperty("bindings").EnumerateArray()
            where isIt(function, binding)
            select (function, binding)
        ).Single();

    private void Load(JsonElement function)
    {
        var request = Message(
            "FunctionLoadRequest",
            new
            {
                functionId = function.GetProperty("name"),
                metadata = new
                {
                    name = function.GetProperty("name"),
                    entryPoint = function.GetProperty("entryPoint"),
                    scriptFile = function.GetProperty("scriptFile"),
                    bindings = Bindings(function),
                },
            }
        );
        var definition = Activator.CreateInstance(
            _grpc.GetType("Microsoft.Azure.Functions.Worker.Definition.GrpcFunctionDefinition")!,
            request,
            Service(_worker, "Microsoft.Azure.Functions.Worker.Invocation.IMethodInfoLocator")
        );
        Call(_worker, "Microsoft.Azure.Functions.Worker.IFunctionsApplication", "LoadFunction", definition!);
    }

    private static Dictionary<string, object> Bindings(JsonElement function) =>
        function
            .GetProperty("bindings")
            .EnumerateArray()
            .ToDictionary(
                binding => binding.GetProperty("name").GetString()!,
                object (binding) =>
                    new
                    {
                        type = binding.GetProperty("type"),
                        direction = binding.GetProperty("direction").GetString()!.ToLowerInvariant(),
                    }
            );

    private async Task<string?> InvokeAsync(JsonElement function, JsonElement trigger, object input, object metadata)
    {
        var request = Message(
            "InvocationRequest",
            new
            {
                invocationId = Guid.NewGuid(),
                functionId = function.GetProperty("name"),
                inputData = new[] { new { name = trigger.GetProperty("name"), data = input } },
                triggerMetadata = metadata,
                traceContext = new { },
            }
        );
        var invoking = (Task)Call(
            _grpc,
            "Microsoft.Azure.Functions.Worker.Handlers.IInvocationHandler",
            "InvokeAsync",
            request
        );
        await invoking;
        var response = (IMessage)invoking.GetType().GetProperty(nameof(Task<>.Result))!.GetValue(invoking)!;
        var result = JsonElement.Parse(response.ToString()!).GetProperty("result");
        return result.TryGetProperty("exception", out var exception)
            ? exception.GetProperty("message").GetString()
            : null;
    }

    private static IMessage Message(string type, object content)
    {
        var descriptor = (MessageDescriptor)
            _grpc
                .GetType($"Microsoft.Azure.Functions.Worker.Grpc.Messages.{type}")!
                .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)!
                .GetValue(null)!;
        return JsonParser.Default.Parse(JsonSerializer.Serialize(content), descriptor);
    }

    private object Service(Assembly assembly, string type) =>
        _host.Services.GetRequiredService(assembly.GetType(type)!);

    private object Call(Assembly assembly, string type, string method, object argument) =>
        assembly.GetType(type)!.GetMethod(method)!.Invoke(Service(assembly, type), [argument])!;
}
