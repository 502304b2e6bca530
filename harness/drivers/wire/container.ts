import { METADATA, NO_POLICIES, XML_TYPE } from './content.ts'
import { comp, type Parameter, type Shapes, shape } from './shape.ts'

const CONTAINER: Parameter = ['restype', 'container']

/** Requests about a container. Sources: the REST pages named by the titles of the operations. */
export const CONTAINER_SHAPES = {
  getContainerProperties: shape('GET', [CONTAINER]),
  getContainerMetadata: shape('GET', [CONTAINER, comp('metadata')]),
  getContainerAcl: shape('GET', [CONTAINER, comp('acl')]),
  listContainers: shape('GET', [comp('list')]),
  setContainerMetadata: shape('PUT', [CONTAINER, comp('metadata')], { headers: METADATA }),
  setContainerAcl: shape('PUT', [CONTAINER, comp('acl')], { headers: XML_TYPE, body: NO_POLICIES }),
  createContainer: shape('PUT', [CONTAINER]),
  deleteContainer: shape('DELETE', [CONTAINER]),
  leaseContainer: shape('PUT', [CONTAINER, comp('lease')]),
} as const satisfies Shapes
