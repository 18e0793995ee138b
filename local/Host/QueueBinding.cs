using System.Reflection;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;

namespace Dunning.Local;

/// <summary>
/// Binds the parameters of a queue function: the message, the cancellation token, and <c>id</c> and <c>dequeueCount</c>
/// by name.
/// </summary>
internal static class QueueBinding
{
    public static bool IsKnown(ParameterInfo parameter) =>
        IsMessage(parameter)
        || parameter.ParameterType == typeof(CancellationToken)
        || IsId(parameter)
        || IsDequeueCount(parameter);

    /// <exception cref="FormatException">The message is not base64.</exception>
    public static string TextOf(QueueMessage message, bool base64) =>
        base64 ? Encoding.UTF8.GetString(Convert.FromBase64String(message.MessageText)) : message.MessageText;

    /// <exception cref="JsonException">The message is not JSON of the parameter's type.</exception>
    public static object Value(
        ParameterInfo parameter,
        QueueMessage message,
        string text,
        CancellationToken cancellationToken
    )
    {
        if (IsMessage(parameter))
            return Read(text, parameter.ParameterType);
        if (IsId(parameter))
            return message.MessageId;
        return IsDequeueCount(parameter) ? message.DequeueCount : cancellationToken;
    }

    private static object Read(string text, Type type) =>
        type == typeof(string)
            ? text
            : JsonSerializer.Deserialize(text, type, JsonSerializerOptions.Web)
                ?? throw new JsonException("The message is null.");

    private static bool IsMessage(ParameterInfo parameter) => parameter.IsDefined(typeof(QueueTriggerAttribute));

    private static bool IsId(ParameterInfo parameter) => Is<string>(parameter, "id");

    private static bool IsDequeueCount(ParameterInfo parameter) => Is<long>(parameter, "dequeueCount");

    private static bool Is<T>(ParameterInfo parameter, string name) =>
        parameter.ParameterType == typeof(T) && string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase);
}
