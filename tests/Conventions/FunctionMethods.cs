using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Tests.Conventions;

/// <summary>One function as its attributes declare it.</summary>
/// <param name="Input">The type of the parameter that carries the trigger.</param>
public sealed record FunctionMethod(
    string Name,
    Type Class,
    Type Input,
    HttpTriggerAttribute? Http,
    TimerTriggerAttribute? Timer,
    QueueTriggerAttribute? Queue
);

public static class FunctionMethods
{
    public static IReadOnlyList<FunctionMethod> All { get; } =
    [
        .. from type in Sources.CompiledTypes
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        let trigger = method.GetParameters().Single(p => p.GetCustomAttributes().Any(IsTrigger))
        select new FunctionMethod(
            function.Name,
            type,
            trigger.ParameterType,
            trigger.GetCustomAttribute<HttpTriggerAttribute>(),
            trigger.GetCustomAttribute<TimerTriggerAttribute>(),
            trigger.GetCustomAttribute<QueueTriggerAttribute>()
        ),
    ];

    private static bool IsTrigger(Attribute attribute) =>
        attribute is HttpTriggerAttribute or TimerTriggerAttribute or QueueTriggerAttribute;
}
