using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Azure;
using Dunning.Http;
using Dunning.Tests.Conventions;
using Dunning.Tests.Fixtures;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;

namespace Dunning.Tests.Http;

/// <summary>
/// The middleware between the worker's own, in the worker's own web server: everything but the connection to the
/// Functions host, whose two calls for one request the test makes.
/// </summary>
public sealed class WorkerPipelineTests
{
    [Theory]
    [InlineData(true, 503)]
    // What a caller gets from the worker alone.
    [InlineData(false, 200)]
    public async Task An_exception_of_a_function_is_a_response_of_the_worker(bool hasMiddleware, int status)
    {
        using var app = Build(hasMiddleware);
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        var invocation = Guid.NewGuid().ToString();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address}/api/invoices/x");
        request.Headers.Add("x-ms-invocation-id", invocation);

        var answering = http.SendAsync(request);
        var failure = await Record.ExceptionAsync(() =>
            app.Services.GetRequiredService<FunctionExecutionDelegate>()(Invocation(invocation, app.Services))
        );
        using var response = await answering;
        var body = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(hasMiddleware, failure is null);
        Assert.Equal(hasMiddleware, body.Contains("Storage is unavailable", StringComparison.Ordinal));
        Assert.Equal(hasMiddleware, response.Headers.RetryAfter is not null);
        Assert.Equal(hasMiddleware, response.Headers.Contains("X-Frame-Options"));
        Assert.False(response.Headers.Contains("Server"));
        await app.StopAsync();
    }

    [Fact]
    public void The_worker_runs_it_after_the_middleware_of_ASP_NET_Core()
    {
        var program = Sources.Text("functions/Program.cs");

        Assert.InRange(
            program.IndexOf($"builder.UseMiddleware<{nameof(ErrorResponses)}>();", StringComparison.Ordinal),
            program.IndexOf("builder.ConfigureFunctionsWebApplication();", StringComparison.Ordinal) + 1,
            int.MaxValue
        );
    }

    private static IHost Build(bool hasMiddleware) =>
        TestWorker.Build(builder =>
        {
            if (hasMiddleware)
                builder.UseMiddleware<ErrorResponses>();
            builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.AddServerHeader = false);
            builder.Services.AddSingleton<IFunctionExecutor, FailingFunction>();
        });

    private static FunctionContext Invocation(string id, IServiceProvider services)
    {
        var trigger = new Mock<BindingMetadata>();
        trigger.SetupGet(binding => binding.Type).Returns("httpTrigger");
        var function = new Mock<FunctionDefinition>();
        function.SetupGet(f => f.Id).Returns("1");
        function.SetupGet(f => f.Name).Returns("GetInvoice");
        function
            .SetupGet(f => f.InputBindings)
            .Returns(ImmutableDictionary<string, BindingMetadata>.Empty.Add("request", trigger.Object));
        function.SetupGet(f => f.OutputBindings).Returns(ImmutableDictionary<string, BindingMetadata>.Empty);
        var context = new Mock<FunctionContext>();
        context.SetupGet(c => c.InvocationId).Returns(id);
        context.SetupGet(c => c.FunctionId).Returns("1");
        context.SetupGet(c => c.InstanceServices).Returns(services);
        context.SetupGet(c => c.FunctionDefinition).Returns(function.Object);
        context.SetupGet(c => c.Items).Returns(new Dictionary<object, object>());
        context.SetupGet(c => c.Features).Returns(new InvocationFeatures());
        return context.Object;
    }

    private sealed class FailingFunction : IFunctionExecutor
    {
        public ValueTask ExecuteAsync(FunctionContext context) => throw new RequestFailedException("secret");
    }

    private sealed class InvocationFeatures : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = new() { [Bindings] = CreateBindings() };

        /// <summary>Internal to the worker; it holds the function's result.</summary>
        private static Type Bindings =>
            typeof(FunctionContext).Assembly.GetTypes().Single(type => type.Name == "IFunctionBindingsFeature");

        public T? Get<T>() => (T?)_features.GetValueOrDefault(typeof(T));

        public void Set<T>(T instance) => _features[typeof(T)] = instance!;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static object CreateBindings() =>
            typeof(DispatchProxy)
                .GetMethod(nameof(DispatchProxy.Create), 2, [])!
                .MakeGenericMethod(Bindings, typeof(NoBindings))
                .Invoke(null, null)!;
    }

    /// <summary>Public, because a class is derived from it at run time.</summary>
    public class NoBindings : DispatchProxy
    {
        private readonly Dictionary<string, object?> _none = [];

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.ReturnType.IsInstanceOfType(_none) ? _none : null;
    }
}
